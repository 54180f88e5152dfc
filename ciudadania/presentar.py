"""Lines of the mailbox in words."""

from ciudadania.clases import clase_de
from ciudadania.consultas_buzon import Linea


def titulo_de(linea: Linea) -> str:
    """The subject of a notice alone; of several, how many of what: «Recibió 12 pagos»."""
    if linea.cuantas == 1:
        return linea.ultima.asunto
    return clase_de(linea.ultima.clase).varios % {"n": linea.cuantas}
