/**
 * What is shown: rows as JSON, as a table, as a page.
 */
package io.aeromesh.bench.cli.report;
