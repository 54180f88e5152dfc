"""The post's chapter of the year: what it charges, what it carries for whom, and what goes wrong on the way.

It is read in this order, though it is told by date with everything else. Each part keeps the name under which
installed data hold it.

1. `tarifas`: what the two operators ask, and what one of them will from next week.
2. `mostrador`, `dinero`: a counter in Potosí; what Ana sends to Luis from her wallet, paid, owed and asked.
3. `despachos`: from La Paz to Potosí a bag arrives with its seal broken and one parcel short.
4. `contratiempos`: a parcel that is refused goes back; one changes operators half-way; a round without
   network, with a code that was not right.
5. `reclamos`: what got lost, broke or was late, who claims it, and what is paid.
6. `entrega`, `numeros`: who received, how one would like to receive, and a parcel with three numbers.
"""

from demostracion.capitulos.envios import (
    contratiempos,
    despachos,
    dinero,
    entrega,
    mostrador,
    numeros,
    reclamos,
    tarifas,
)

__all__ = [
    "contratiempos",
    "despachos",
    "dinero",
    "entrega",
    "mostrador",
    "numeros",
    "reclamos",
    "tarifas",
]
