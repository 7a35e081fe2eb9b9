package io.aeromesh.tools;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Says which build this is and what it runs on, as a bug report needs it.
 */
final class VersionProvider implements IVersionProvider
{
    @Override
    public String[] getVersion() throws IOException
    {
        final Properties properties = properties();
        final String build = "aeromesh " + properties.getProperty("version");
        final String java = "java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")";
        final String os = System.getProperty("os.name") + " " + System.getProperty("os.version") + " " +
            System.getProperty("os.arch");
        return new String[] {build, java, os};
    }

    static Properties properties() throws IOException
    {
        final Properties properties = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties"))
        {
            properties.load(in);
        }
        return properties;
    }
}
