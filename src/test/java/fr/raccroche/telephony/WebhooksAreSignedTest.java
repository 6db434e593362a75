package fr.raccroche.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebhooksAreSignedTest {

    @Test
    void anAddressOfTwilioWithoutTheCheckCannotBe() {
        assertThat(WebhooksAreSigned.isOpen("//webhooks/twilio//new", List.of(String.class)))
                .isTrue();
        assertThat(WebhooksAreSigned.isOpen("//webhooks/twilio/", List.of())).isTrue();
    }

    @Test
    void oneWithTheCheckCan() {
        assertThat(WebhooksAreSigned.isOpen("//webhooks/twilio//new", List.of(String.class, TwilioRequest.class)))
                .isFalse();
    }

    @Test
    void otherAddressesAreNoneOfItsBusiness() {
        assertThat(WebhooksAreSigned.isOpen("//desk//call", List.of())).isFalse();
        assertThat(WebhooksAreSigned.isOpen("//webhooks/twilio-not/", List.of()))
                .isFalse();
    }
}
