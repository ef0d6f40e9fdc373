package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An installed Python, 3.10 to 3.14 as the pinned packages need, that can make virtual environments with pip in them. */
record Python(Path program, String version) {
    private static final String QUESTION = """
            import sys, venv, ensurepip
            assert (3, 10) <= sys.version_info < (3, 15)
            print('python', '.'.join(map(str, sys.version_info[:3])))
            """;

    static Optional<Python> find() {
        Optional<Path> named = Programs.named("LATHE_PYTHON");
        Stream<Path> candidates = named.isPresent()
                ? named.stream()
                : Stream.of("python3.13", "python3.12", "python3.11", "python3.10", "python3.14", "python3")
                        .flatMap(name -> Programs.onPath(name).stream());
        return candidates.flatMap(program -> ask(program).stream()).findFirst();
    }

    private static Optional<Python> ask(Path program) {
        try {
            return Programs.answer(List.of(program.toString(), "-I", "-c", QUESTION), Map.of(), Duration.ofSeconds(30))
                    .filter(answer -> answer.startsWith("python "))
                    .map(answer -> new Python(
                            program, answer.substring("python ".length()).strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
