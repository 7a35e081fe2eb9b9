package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.tools.Mesh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as a browser shows it, of nodes that come, talk and are killed. Leaves its pictures in {@code target/page}.
 */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageTest
{
    private static final Path PICTURES = Path.of("target", "page");
    /** As Ctrl-C does, which a process that was started in the background may ignore. */
    private static final String TERMINATED = "TERM";
    private static final int EXIT_TERMINATED = 143;
    private static final String DOOMED = "document.querySelector('.node[data-name=doomed]')";

    /** One for all, as it takes long to start. */
    private static Browser browser;

    @TempDir
    private static Path profile;

    @TempDir
    private Path temporary;
    private PageScene scene;
    private Child page;

    @BeforeAll
    static void startBrowser() throws Exception
    {
        final Path executable = Browser.find();
        assumeTrue(executable != null, "no chromium in PATH: the page in a browser is not tested");
        browser = new Browser(executable, profile);
    }

    @AfterAll
    static void closeBrowser()
    {
        if (browser != null)
        {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception
    {
        scene = new PageScene(temporary);
        page = Child.start(temporary, Mesh.class, "page", "--port", "0", "--dir", scene.base().toString());
        String said = page.pollLine();
        while (said == null)
        {
            assertTrue(page.isAlive(), page::errors);
            JvmProcess.rest();
            said = page.pollLine();
        }
        browser.open(said.replaceAll("page at (\\S+),.*", "$1"), 1280, 1000);
    }

    @AfterEach
    void close() throws Exception
    {
        browser.leave();
        page.close();
        scene.close();
    }

    @Test
    void shouldShowTheMeshAndForgetAKilledNode() throws Exception
    {
        try (Child doomed =
            Child.start(temporary, DoomedMain.class, scene.base().toString(), "doomed", "shm:doomed?peer=alpha"))
        {
            browser.await(DOOMED);
            browser.await("document.querySelector('.edge[data-ends=\"alpha doomed\"]')");
            browser.await("document.querySelectorAll('.node').length === 7");
            browser.await("document.querySelectorAll('.node[data-name=alpha] .context').length === 6"); // its own too
            browser.await("document.querySelector('.node[data-name=osaka].remote')");
            browser.await("[...document.querySelectorAll('.edge-label')].some(" +
                "label => /shm.*metric \\d+.*[1-9]\\S*( k)?\\/s.*B\\/s/.test(label.textContent))");
            browser.await("[...document.querySelectorAll('#channels td')].some(" +
                "cell => /[1-9].*iB\\/s/.test(cell.textContent))");
            browser.await("document.querySelectorAll('#plots path.recent[d^=M]').length === 3");
            browser.await("/no prices today/.test(document.querySelector('#errors').textContent)");
            keep("page.png");

            doomed.signal("KILL");
            browser.await("!" + DOOMED);
            browser.await("document.querySelector('#crashes li[data-name=doomed]')");
            browser.await("/no prices today/.test(document.querySelector('#crashes').textContent)");
            browser.await("/edge-down/.test(document.querySelector('#events').textContent)");
        }
        browser.scheme("dark");
        keep("page-dark.png");
        assertEquals(List.of(), browser.complaints());

        page.signal(TERMINATED);
        assertEquals(EXIT_TERMINATED, page.awaitExit());
        assertEquals("", page.errors());
        browser.await("/does not answer/.test(document.querySelector('#state').textContent)");
    }

    @Test
    void shouldBeUsableByKeys() throws Exception
    {
        browser.await("document.querySelectorAll('.node').length === 6");
        browser.evaluate("document.querySelector('.node[data-name=risk]').focus()");
        browser.press("Enter", "\r");
        browser.await("document.querySelector('.node[data-name=risk][aria-pressed=true]')");
        browser.await("document.querySelectorAll('#nodes tbody tr').length === 1");
        browser.await("document.querySelector('#whose').textContent === 'risk'");
        browser.await("document.activeElement.dataset.name === 'risk'"); // also after the next look
        browser.press("Escape", "");
        browser.await("document.querySelectorAll('#nodes tbody tr').length === 12");
        browser.press("/", "/");
        browser.press("o", "o");
        browser.press("s", "s");
        browser.await("document.querySelectorAll('#nodes tbody tr').length === 1");
        assertEquals("os", browser.evaluate("document.querySelector('#filter').value").asText());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldShowNamesAsTextAndNothingElse() throws Exception
    {
        final String name = "<img src=x onerror=alert(1)>";
        try (MeshNode node = MeshNode.launch(
            NodeConfig.named(name).baseDirectory(scene.base()).threaded(Idle.PARKED)))
        {
            browser.await("[...document.querySelectorAll('#nodes tbody th')].some(" +
                "cell => cell.textContent === '" + node.name() + "')");
            browser.await("document.querySelectorAll('.node').length === 7");
            assertEquals(0, browser.evaluate("document.querySelectorAll('img').length").asInt());
        }
        browser.await("document.querySelectorAll('.node').length === 6"); // closed, and no crash
        assertEquals(0, browser.evaluate("document.querySelectorAll('#crashes li').length").asInt());
        assertEquals(List.of(), browser.complaints());
    }

    private void keep(final String name) throws Exception
    {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name), browser.screenshot());
    }
}
