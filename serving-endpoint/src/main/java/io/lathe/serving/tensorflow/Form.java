package io.lathe.serving.tensorflow;

/** How rows come in a body and answers go back: the same field names as TensorFlow Serving's. */
enum Form {
    /** A list of rows; a list of answers. */
    ROWS("instances", "predictions"),
    /** A list for each input; a list for each output. */
    COLUMNS("inputs", "outputs"),
    /** The rows of {@code regress}. */
    EXAMPLES("examples", "results");

    private final String request;
    private final String answer;

    Form(String request, String answer) {
        this.request = request;
        this.answer = answer;
    }

    /** The field that holds the rows. */
    String request() {
        return request;
    }

    /** The field that holds the answers. */
    String answer() {
        return answer;
    }
}
