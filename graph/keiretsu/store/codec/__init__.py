"""Claims of the model as RDF, and RDF as claims of the model."""
