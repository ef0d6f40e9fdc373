package io.lathe.models.evaluation;

import java.util.List;

/** The gate's judgement of a candidate, with reasons as full sentences for people. */
public sealed interface Verdict {
    List<String> reasons();

    /** {@code promoted}, {@code held} or {@code rejected}. */
    String outcome();

    /** The candidate takes the production alias. */
    record Promoted(List<String> reasons) implements Verdict {
        public Promoted {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String outcome() {
            return "promoted";
        }
    }

    /** The candidate is a sound version, but not good enough to take the alias by itself. */
    record Held(List<String> reasons) implements Verdict {
        public Held {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String outcome() {
            return "held";
        }
    }

    /** The candidate can't be judged or must not be served. */
    record Rejected(List<String> reasons) implements Verdict {
        public Rejected {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String outcome() {
            return "rejected";
        }
    }
}
