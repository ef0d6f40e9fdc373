package io.lathe.workbench.proxy;

/** A project's notebook server as the proxy sees it. */
public sealed interface Upstream {
    /**
     * One that takes requests.
     *
     * @param host name or address, without a scheme
     * @param header name of the request header that it recognises the proxy by
     * @param secret value of that header; never shown to a browser, never logged
     */
    record Running(String host, int port, String header, String secret) implements Upstream {
        @Override
        public String toString() {
            return "Running[" + host + ":" + port + "]";
        }
    }

    /** None that takes requests. */
    record Absent(Reason reason) implements Upstream {}

    /** Why there is none. */
    enum Reason {
        STARTING("is starting"),
        STOPPING("is stopping"),
        STOPPED("is not running"),
        FAILED("has failed");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** As it goes on after "The notebook server of penguins …". */
        String words() {
            return words;
        }
    }
}
