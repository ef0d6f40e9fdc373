package io.lathe.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "43.92193, 43.9219",
        "4201.754385964912, 4201.75",
        "1234567, 1234570",
        "0.000516635, 0.000516635",
        "0.0000119719, 1.19719e-05",
        "1e20, 1.00000e+20",
        "NaN, —",
        "Infinity, —",
    })
    void fractionsHaveSixDigitsAndNoExponentWhereItFits(double value, String shown) {
        assertThat(Numbers.rounded(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "15240, 14.9 KiB", "5242880, 5.0 MiB"})
    void sizesHaveBinaryUnits(long bytes, String shown) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(shown);
    }
}
