package io.lathe.models.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void keysAreSortedAtEveryDepthAndNumbersKeepEveryDigit() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putArray("z").addObject().put("b", 1).put("a", 0.1);
        node.set("decimal", JsonFields.scalarNode(new BigDecimal("0.1234567890123456789012345")));
        node.set("big", JsonFields.scalarNode(BigInteger.TWO.pow(100)));

        assertThat(CanonicalJson.text(node))
                .isEqualTo(
                        "{\"big\":1267650600228229401496703205376,\"decimal\":0.1234567890123456789012345,\"z\":[{\"a\":0.1,\"b\":1}]}");
    }
}
