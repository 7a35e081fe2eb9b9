package io.aeromesh.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that the documents for users show.
 */
public final class Documents
{
    /** Of the checkout. */
    public static final Path ROOT = root();

    private static final List<String> FOR_USERS = List.of("README.md", "docs/GUIDE.md");
    private static final String FENCE = "```";
    private static final String STARTS = "(\\./mesh|mvn|java|systemctl|systemd-analyze|source|echo) .*";
    private static final Pattern INLINE = Pattern.compile("`((?:\\./mesh|mvn|java -jar) [^`]+)`");
    private static final Pattern COMMENT = Pattern.compile("\\s+# .*");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

    private Documents()
    {
    }

    /**
     * Each once, without its comment: all lines of blocks that a shell would run, and what stands in a text as
     * {@code ./mesh ...}.
     */
    public static Set<String> commands()
    {
        final Set<String> commands = new LinkedHashSet<>();
        FOR_USERS.forEach(document -> commands.addAll(commandsOf(text(document))));
        return commands;
    }

    /**
     * Of one document, those of its blocks first.
     */
    public static List<String> commandsOf(final String document)
    {
        final List<String> commands = new ArrayList<>();
        boolean isBlock = false;
        boolean isShell = false;
        final StringBuilder prose = new StringBuilder();
        for (final String line : document.split("\n"))
        {
            if (line.startsWith(FENCE))
            {
                isBlock = !isBlock;
                isShell = isBlock && line.equals(FENCE);
            }
            else if (isShell && line.matches(STARTS))
            {
                commands.add(COMMENT.matcher(line).replaceFirst("").strip());
            }
            else if (!isBlock)
            {
                prose.append(line.strip()).append(' '); // what stands in a text may be broken
            }
        }
        final Matcher inline = INLINE.matcher(prose);
        while (inline.find())
        {
            commands.add(inline.group(1));
        }
        return commands;
    }

    /**
     * As a shell takes a command apart, without what it does itself: quotes, redirections, pipes, and
     * {@code source <(...)}.
     */
    public static List<String> words(final String command)
    {
        final List<String> words = new ArrayList<>();
        final Matcher word = WORD.matcher(
            command.replaceFirst("^source <\\((.*)\\)$", "$1").replaceAll("^echo .* \\| | [<>] \\S+", ""));
        while (word.find())
        {
            words.add(word.group().replace("'", ""));
        }
        return words;
    }

    /**
     * Of a file of the checkout.
     */
    public static String text(final String file)
    {
        try
        {
            return Files.readString(ROOT.resolve(file));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static Path root()
    {
        final Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mesh-tools")) ? here : here.getParent();
    }
}
