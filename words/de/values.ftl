### Was an einem einzelnen Wert nicht stimmt; ein Satz ohne Punkt.

