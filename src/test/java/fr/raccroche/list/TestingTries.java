package fr.raccroche.list;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Few tries of properties that ask a database, in every build; many at night. */
final class TestingTries implements AroundPropertyHook {

    private static final int TRIES = Integer.getInteger("test.tries", 20);

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        context.attributes().setTries(TRIES);
        return property.execute();
    }
}
