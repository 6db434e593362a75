package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaign;

/** A youth that was drawn; the facts are complete when the campaign is known. */
interface Drawn {
    Candidate in(Campaign campaign);
}
