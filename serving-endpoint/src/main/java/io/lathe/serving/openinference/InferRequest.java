package io.lathe.serving.openinference;

import java.util.List;
import java.util.Optional;

/**
 * An infer request as it came, its numbers and lists checked, its meaning not yet.
 *
 * @param outputs the outputs asked for; empty for all
 */
record InferRequest(Optional<String> id, List<Tensor> inputs, List<String> outputs) {
    InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
