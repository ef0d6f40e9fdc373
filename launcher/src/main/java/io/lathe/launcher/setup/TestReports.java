package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What Surefire's reports below a checkout's modules say. */
record TestReports(List<TestCase> tests) {
    /** How a test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * One test of one run.
     *
     * @param name simple class name and method, for example {@code SettingsTest.keepsPorts}
     * @param why the first line of the reason it was skipped or failed, or nothing
     */
    record TestCase(String module, String name, Outcome outcome, double seconds, String why) {}

    TestReports {
        tests = List.copyOf(tests);
    }

    /** Deletes the reports of earlier runs, so that what is read later is of one run whatever the clock did. */
    static void clear(Path root) throws IOException {
        for (Path report : reports(root)) {
            Files.deleteIfExists(report);
        }
    }

    static TestReports read(Path root) throws IOException {
        List<TestCase> tests = new ArrayList<>();
        for (Path report : reports(root)) {
            String module = root.relativize(report).getName(0).toString();
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                tests.add(test(module, (Element) cases.item(i)));
            }
        }
        return new TestReports(tests);
    }

    long count(Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    private static TestCase test(String module, Element element) {
        Outcome outcome = Outcome.PASSED;
        String why = "";
        for (String sign : List.of("skipped", "failure", "error")) {
            if (element.getElementsByTagName(sign).item(0) instanceof Element found) {
                outcome = sign.equals("skipped") ? Outcome.SKIPPED : Outcome.FAILED;
                why = found.getAttribute("message").lines().findFirst().orElse("");
            }
        }
        String name = element.getAttribute("classname").replaceFirst(".*\\.", "") + "." + element.getAttribute("name");
        return new TestCase(module, name, outcome, seconds(element.getAttribute("time")), why);
    }

    /** Surefire groups thousands with commas. */
    private static double seconds(String time) {
        String plain = time.replace(",", "");
        return plain.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(plain) : 0;
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> reports = new ArrayList<>();
        try (var modules = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path module : modules) {
                Path folder = module.resolve("target").resolve("surefire-reports");
                if (Files.isDirectory(folder)) {
                    try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                        files.forEach(reports::add);
                    }
                }
            }
        }
        Collections.sort(reports);
        return reports;
    }

    private static Document parse(Path report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(report.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the test report " + report + " is not readable XML", e);
        }
    }
}
