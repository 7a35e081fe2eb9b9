package io.aeromesh.bench.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with blocks that are made anew, between {@code <!-- bench NAME -->} and {@code <!-- bench end -->}, each alone
 * on its line. What stands around them stays.
 */
public final class Document
{
    private static final Pattern BLOCK =
        Pattern.compile("(?ms)^<!-- bench (?!end )([a-z0-9-]+) -->\\n(.*?)^<!-- bench end -->$");
    private static final Pattern MARK = Pattern.compile("(?m)^<!-- bench [a-z0-9-]+ -->$");

    private final String text;

    /**
     * @param name for errors.
     * @throws IllegalArgumentException saying in one line what is wrong with its marks.
     */
    public Document(final String name, final String text)
    {
        this.text = text;
        final long marks = MARK.matcher(text).results().count();
        if (marks == 0 || marks != 2L * blocks().size())
        {
            throw new IllegalArgumentException(name + " has " + marks + " marks and " + blocks().size() +
                " blocks: begin each block by a line <!-- bench NAME --> and end it by a line <!-- bench end -->");
        }
    }

    /**
     * Names of the blocks, in their order.
     */
    public List<String> blocks()
    {
        final List<String> names = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(block -> names.add(block.group(1)));
        return names;
    }

    /**
     * The text with new contents of some blocks; the others stay as they are.
     *
     * @param contents by name of the block.
     */
    public String with(final Map<String, String> contents)
    {
        return BLOCK.matcher(text).replaceAll(block ->
        {
            final String content = contents.get(block.group(1));
            return Matcher.quoteReplacement(content == null ? block.group() :
                "<!-- bench " + block.group(1) + " -->\n\n" + content.strip() + "\n\n<!-- bench end -->");
        });
    }
}
