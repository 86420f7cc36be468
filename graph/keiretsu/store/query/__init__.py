"""SPARQL: strangers' queries under guard, stored questions, audits, and answers."""
