package io.lathe.workbench.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublicationStateTest {
    @Test
    void whatIsOverStaysAsItIs() {
        for (PublicationState over : PublicationState.values()) {
            if (over.isOver()) {
                for (PublicationState next : PublicationState.values()) {
                    assertThatIllegalStateException().isThrownBy(() -> over.requireNext(next));
                }
            }
        }
    }

    @Test
    void whatIsNotOverMayBeEnteredAgainAndMayFail() {
        Arrays.stream(PublicationState.values())
                .filter(state -> !state.isOver())
                .forEach(state -> {
                    state.requireNext(state);
                    state.requireNext(PublicationState.FAILED);
                });
    }

    @Test
    void noStateIsSkipped() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PublicationState.UPLOADED.requireNext(PublicationState.STORING));
        assertThatIllegalStateException()
                .isThrownBy(() -> PublicationState.STORING.requireNext(PublicationState.SWITCHING));
        assertThatIllegalStateException()
                .isThrownBy(() -> PublicationState.DEPLOYING.requireNext(PublicationState.DONE));
    }

    @Test
    void onceProductionMovedThereIsNoCancelling() {
        assertThat(PublicationState.DEPLOYING.mayBeCancelled()).isTrue();
        assertThat(PublicationState.SWITCHING.mayBeCancelled()).isFalse();
        assertThat(PublicationState.DONE.mayBeCancelled()).isFalse();
    }
}
