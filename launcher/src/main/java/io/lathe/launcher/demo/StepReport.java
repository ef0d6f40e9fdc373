package io.lathe.launcher.demo;

import io.lathe.launcher.terminal.Terminal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells of each step of the demo as it ends. */
interface StepReport {
    /** What a step brought, by name, in the order to print. */
    record Facts(Map<String, Object> values) {
        static Facts none() {
            return new Facts(Map.of());
        }

        static Facts of(String name, Object value) {
            return none().and(name, value);
        }

        Facts and(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Facts(more);
        }
    }

    void done(String step, Duration time, Facts facts);

    void failed(String step, Duration time, String error);

    /** One JSON object a line on standard output. */
    static StepReport json(Terminal terminal) {
        return new StepReport() {
            @Override
            public void done(String step, Duration time, Facts facts) {
                Map<String, Object> line = line(step, "true", time);
                line.putAll(facts.values());
                terminal.json(line);
            }

            @Override
            public void failed(String step, Duration time, String error) {
                Map<String, Object> line = line(step, "false", time);
                line.put("error", error);
                terminal.json(line);
            }

            private Map<String, Object> line(String step, String ok, Duration time) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("step", step);
                line.put("ok", Boolean.valueOf(ok));
                line.put("seconds", time.toMillis() / 1000.0);
                return line;
            }
        };
    }

    /** Lines for people. */
    static StepReport text(Terminal terminal) {
        return new StepReport() {
            @Override
            public void done(String step, Duration time, Facts facts) {
                terminal.result(String.format("%-10s  ok  %7s  %s", step, Terminal.seconds(time), words(facts)));
            }

            @Override
            public void failed(String step, Duration time, String error) {
                terminal.result(String.format("%-10s  FAILED  %s", step, Terminal.seconds(time)));
            }

            private String words(Facts facts) {
                return facts.values().entrySet().stream()
                        .map(fact -> fact.getKey() + " " + word(fact.getValue()))
                        .collect(Collectors.joining(", "));
            }

            private String word(Object value) {
                return value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
                        : String.valueOf(value);
            }
        };
    }
}
