package io.lathe.product.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.lathe.product.Checkout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger's text can do to {@code workbench.log} and {@code serving.log}: nothing. */
class LogTest {

    private static final String HOSTILE = "a\nb\r\nc\u0085d\u2028e\u2029f\u001b[2Jg\u0000h\u202ei\u009b31mj";

    /** One record as the product's own configuration writes it. */
    private static String logged(String module, @Nullable Throwable failure) throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Checkout.here()
                .root()
                .resolve(module)
                .resolve("src/main/resources/logback.xml")
                .toFile());
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>)
                context.getLogger("ROOT").iteratorForAppenders().next();
        var logger = context.getLogger("io.lathe.Named");
        var event = new LoggingEvent("", logger, Level.WARN, "Bundle {} is odd", failure, new Object[] {HOSTILE});
        try {
            return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
        } finally {
            context.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"workbench-server", "serving-endpoint"})
    void aRecordIsOneLineWhateverItQuotes(String module) throws Exception {
        String text = logged(module, null);
        assertThat(text).endsWith("\n").contains("a\ufffdb").contains("WARN  Named Bundle");
        assertThat(text.strip().chars().filter(Character::isISOControl).count()).isZero();
        assertThat(text).doesNotContain("\u2028", "\u2029", "\u202e", "\u0085", "\u009b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workbench-server", "serving-endpoint"})
    void linesOfAStackTraceAreIndentedSoThatNoneLooksLikeARecord(String module) throws Exception {
        String text =
                logged(module, new IllegalStateException(HOSTILE + "\n2026-11-25T00:00:00.000Z INFO  App all is well"));
        String[] lines = text.split("\n");
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(lines[0]).contains("WARN  Named");
        assertThat(lines).filteredOn(line -> !line.startsWith("    ")).hasSize(1);
        assertThat(text).contains("java.lang.IllegalStateException: a").doesNotContain("\u001b", "\r", "\u2028");
    }
}
