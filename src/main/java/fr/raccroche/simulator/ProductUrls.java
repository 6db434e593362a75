package fr.raccroche.simulator;

import java.util.Optional;

/**
 * Where the account reaches the product.
 *
 * @param applicationVoice asked what to do when a softphone connects
 * @param inboundSms told about every text a person sends
 * @param inboundVoice asked what to do when a person rings one of the numbers; without it nobody can
 * @param inboundStatus told when such a call is over
 */
public record ProductUrls(
        String applicationVoice, String inboundSms, Optional<String> inboundVoice, Optional<String> inboundStatus) {

    ProductUrls answeringWith(String voice, Optional<String> status) {
        return new ProductUrls(applicationVoice, inboundSms, Optional.of(voice), status);
    }
}
