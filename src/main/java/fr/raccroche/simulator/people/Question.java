package fr.raccroche.simulator.people;

/** What an agent can ask; in the order of an interview. */
public enum Question {
    IDENTITY("Bonjour, je parle bien à %s ?"),
    SITUATION("Que fais-tu en ce moment ?"),
    REFERRAL("Veux-tu qu'un conseiller te rappelle ?"),
    STRUCTURE("À qui veux-tu parler : CIO ou mission locale ?"),
    CALLBACK("Quand puis-je te rappeler ?"),
    GOODBYE("Au revoir");

    private final String wording;

    Question(String wording) {
        this.wording = wording;
    }

    public String to(String firstName) {
        return wording.formatted(firstName);
    }
}
