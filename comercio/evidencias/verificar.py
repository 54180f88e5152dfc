"""`qhatu verify`: each frozen search has its leaf in the public log, and the log tells of no other."""

from itertools import islice

from sqlmodel import Session, col, select

from comercio.evidencias.congelar import anotacion_de
from comercio.evidencias.documento import huella_de
from comercio.evidencias.modelos import Congelada
from constancia import hash_de, hashes_que_faltan, hojas_de_mas
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("evidencias")
def evidencias(sesion: Session) -> list[str]:
    faltas = []
    anotadas = {}
    for fila in sesion.exec(select(Congelada).order_by(col(Congelada.id)).execution_options(yield_per=200)):
        anotadas[hash_de(*anotacion_de(fila))] = fila.numero
        if huella_de(fila.documento) != fila.huella:
            faltas.append(f"búsqueda {fila.numero}: su documento no da su huella")
    sin_hoja = hashes_que_faltan(sesion, list(anotadas))
    faltas += [f"búsqueda {anotadas[h]}: no está en la constancia" for h in sin_hoja]
    de_mas = hojas_de_mas(sesion, "busqueda_congelada", list(anotadas))
    faltas += [f"constancia: la búsqueda {x} no existe" for x in de_mas]
    return list(islice(faltas, FALTAS_MAXIMO))
