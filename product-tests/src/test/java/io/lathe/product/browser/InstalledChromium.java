package io.lathe.product.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine. None is downloaded: tests that need it are skipped by name where it is not installed. */
record InstalledChromium(Path program) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    static Optional<InstalledChromium> find() {
        Optional<Path> named = Optional.ofNullable(System.getProperty("lathe.chromium"))
                .or(() -> Optional.ofNullable(System.getenv("LATHE_CHROMIUM")))
                .map(Path::of);
        return named.or(InstalledChromium::onPath).filter(Files::isExecutable).map(InstalledChromium::new);
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Playwright's driver, told to use what is there. Whoever opens it closes it. */
    static Playwright driver() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    }

    Browser open(Playwright playwright) {
        List<String> arguments = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // Chromium's own sandbox refuses to work for root.
            arguments.add("--no-sandbox");
        }
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(arguments));
    }
}
