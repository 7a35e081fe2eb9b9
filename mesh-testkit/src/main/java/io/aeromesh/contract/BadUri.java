package io.aeromesh.contract;

/**
 * A URI that a provider must refuse.
 *
 * @param uri   to parse.
 * @param part  that the error must name.
 * @param found value that the error must show.
 */
public record BadUri(String uri, String part, String found)
{
}
