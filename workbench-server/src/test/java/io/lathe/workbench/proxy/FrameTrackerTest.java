package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTrackerTest {
    private static final int TEXT = 0x1;
    private static final int PING = 0x9;
    private static final int LAST = 0x80;
    private final FrameTracker frames = new FrameTracker(100_000);

    private boolean accepts(byte[] bytes) {
        return frames.accepts(ByteBuffer.wrap(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 100_000})
    void frameOfEveryFormOfLengthEndsWhereItEnds(int length) {
        for (boolean masked : new boolean[] {false, true}) {
            byte[] frame = Frames.frame(LAST | TEXT, length, masked);
            assertThat(accepts(java.util.Arrays.copyOf(frame, frame.length - 1)))
                    .isTrue();
            assertThat(frames.isBetweenFrames()).isFalse();
            assertThat(accepts(new byte[] {frame[frame.length - 1]})).isTrue();
            assertThat(frames.isBetweenFrames()).isTrue();
        }
    }

    @Test
    void headerInPiecesIsReadAsOne() {
        for (byte next : Frames.frame(LAST | TEXT, 70_000, true)) {
            assertThat(accepts(new byte[] {next})).isTrue();
        }
        assertThat(frames.isBetweenFrames()).isTrue();
    }

    @Test
    void messageOverTheLimitIsToldByItsHeader() {
        assertThat(accepts(java.util.Arrays.copyOf(Frames.frame(LAST | TEXT, 100_001, true), 14)))
                .isFalse();
    }

    @Test
    void whatWasWholeBeforeAMessageOverTheLimitIsLeftInTheBuffer() {
        ByteBuffer bytes = ByteBuffer.allocate(200)
                .put(Frames.frame(LAST | TEXT, 50, false))
                .put(Frames.header(LAST | TEXT, 100_001, false))
                .flip();

        assertThat(frames.accepts(bytes)).isFalse();
        assertThat(bytes.remaining()).isEqualTo(52);
        assertThat(frames.isBetweenFrames()).isTrue();
    }

    @Test
    void headerThatIsPartlyGoneLeavesNoPlaceForACloseFrame() {
        byte[] header = Frames.header(LAST | TEXT, 100_001, false);

        assertThat(accepts(java.util.Arrays.copyOf(header, 3))).isTrue();
        assertThat(accepts(java.util.Arrays.copyOfRange(header, 3, 10))).isFalse();
        assertThat(frames.isBetweenFrames()).isFalse();
    }

    @Test
    void fragmentsCountTogetherAndPingsBetweenThemDoNot() {
        assertThat(accepts(Frames.frame(TEXT, 60_000, true))).isTrue();
        assertThat(accepts(Frames.frame(LAST | PING, 125, true))).isTrue();
        assertThat(accepts(Frames.frame(0, 40_000, true))).isTrue();
        assertThat(accepts(Frames.frame(LAST, 1, true))).isFalse();
    }

    @Test
    void nextMessageStartsFromNothing() {
        for (int i = 0; i < 3; i++) {
            assertThat(accepts(Frames.frame(TEXT, 60_000, false))).isTrue();
            assertThat(accepts(Frames.frame(LAST, 40_000, false))).isTrue();
        }
    }

    @Test
    void lengthWithItsTopBitSetIsRefused() {
        byte[] header = {(byte) (LAST | TEXT), 127, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 1};

        assertThat(accepts(header)).isFalse();
    }

    @Test
    void closeFrameIsSeen() {
        assertThat(accepts(Frames.frame(LAST | TEXT, 8, false))).isTrue();
        assertThat(frames.hasSeenClose()).isFalse();
        assertThat(accepts(Frames.frame(LAST | WebSocketClose.OPCODE, 2, false)))
                .isTrue();
        assertThat(frames.hasSeenClose()).isTrue();
    }
}
