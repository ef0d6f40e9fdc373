package io.lathe.launcher.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ./lathe doctor}: looks at everything Lathe rests on and says, line by line, what is well and what to do about the rest. */
final class Doctor {
    private final Checkout checkout;
    private final Path data;
    private final PrintStream results;

    Doctor(Checkout checkout, Path data, PrintStream results) {
        this.checkout = checkout;
        this.data = data;
        this.results = results;
    }

    /** How the findings are printed. */
    enum Form {
        LINES,
        JSON
    }

    /** @return 0, or 1 where Lathe will not work */
    int run(Form form) throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new MachineCheck(checkout).findings());
        findings.addAll(new CheckoutCheck(checkout).findings());
        findings.addAll(new DataCheck(data.toAbsolutePath().normalize(), checkout.defaultData()).findings());
        boolean failed = findings.stream().anyMatch(Finding::isFailure);
        if (form == Form.JSON) {
            results.println("{\"ok\":" + !failed + ",\"findings\":"
                    + findings.stream().map(Finding::json).collect(Collectors.joining(",", "[", "]")) + "}");
        } else {
            findings.forEach(finding -> results.println(finding.line()));
        }
        results.flush();
        return failed ? 1 : 0;
    }
}
