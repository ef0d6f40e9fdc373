package io.lathe.workbench.notebookserver;

import java.time.Duration;

/**
 * How long each step may take, and how often a running server is looked at.
 *
 * @param prepare to check and lay out files
 * @param launch to create the process
 * @param boot until the server answers
 * @param stop until a server that is asked to end is ended by force
 * @param look between two looks at the process
 * @param probe between two questions over HTTP
 * @param answer until an answer over HTTP counts as missing
 */
public record Deadlines(
        Duration prepare,
        Duration launch,
        Duration boot,
        Duration stop,
        Duration look,
        Duration probe,
        Duration answer) {
    /** JupyterLab answers after 2 to 10 seconds on a busy machine; a dead process is seen within half a second. */
    public static Deadlines defaults() {
        return new Deadlines(
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3));
    }
}
