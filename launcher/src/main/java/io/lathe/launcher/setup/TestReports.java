package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

/**
 * What Surefire's reports say about one run.
 *
 * @param skipped one line for each skipped test: its name and why
 */
record TestReports(int passed, int failed, List<String> skipped) {
    TestReports {
        skipped = List.copyOf(skipped);
    }

    /** Reads the reports below a checkout's modules that are not older than the given time. */
    static TestReports read(Path root, FileTime since) throws IOException {
        int passed = 0;
        int failed = 0;
        List<String> skipped = new ArrayList<>();
        for (Path report : reports(root)) {
            if (Files.getLastModifiedTime(report).compareTo(since) < 0) {
                continue;
            }
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (test.getElementsByTagName("skipped").getLength() > 0) {
                    skipped.add(skipLine(test));
                } else if (test.getElementsByTagName("failure").getLength() > 0
                        || test.getElementsByTagName("error").getLength() > 0) {
                    failed++;
                } else {
                    passed++;
                }
            }
        }
        return new TestReports(passed, failed, skipped);
    }

    private static String skipLine(Element test) {
        Element skip = (Element) test.getElementsByTagName("skipped").item(0);
        String why = skip.getAttribute("message");
        return test.getAttribute("classname").replaceFirst(".*\\.", "") + "." + test.getAttribute("name")
                + (why.isBlank() ? "" : ": " + why.lines().findFirst().orElse(""));
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
