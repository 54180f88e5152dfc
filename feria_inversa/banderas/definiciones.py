"""What each red flag is, in plain words: its formula, its source, what would clear it. Another formula is
another version.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nucleo.textos import perezoso as _l


class Ambito(StrEnum):
    PROCESO = "proceso"
    ENTIDAD = "entidad"
    PROVEEDOR = "proveedor"


CARDINAL = "Open Contracting Partnership, Cardinal"
PROPIA = "Qhatu"


@dataclass(frozen=True, slots=True)
class Definicion:
    """`de_muchos`: it shows only against what is usual, so it changes when others do."""

    codigo: str
    nombre: str
    que_es: str
    formula: str
    aclara: str
    fuente: str = PROPIA
    version: int = 1
    de_muchos: bool = False


_TODAS = (
    Definicion(
        "R003",
        _l("Plazo corto para ofertar"),
        _l(
            "Entre la publicación y el cierre hubo menos días que el mínimo de su modalidad. Con poco tiempo "
            "llega menos gente."
        ),
        _l(
            "Día de cierre menos día de publicación, menor que el mínimo de la modalidad en esa fecha. Si su "
            "norma no fija un mínimo, o no está confirmado, no se dice."
        ),
        _l("Una norma o una causa que permita menos días, o una fecha mal publicada."),
        CARDINAL,
    ),
    Definicion(
        "R018",
        _l("Una sola oferta"),
        _l(
            "Llegó una sola oferta a una convocatoria abierta a muchos. Sin otra oferta no hay con qué "
            "comparar el precio."
        ),
        _l("Número de ofertas igual a 1, en un proceso abierto o selectivo."),
        _l("Un rubro con pocos proveedores, o un lugar apartado."),
        CARDINAL,
    ),
    Definicion(
        "R024",
        _l("Precios demasiado cercanos"),
        _l("La segunda oferta pide casi lo mismo que la que ganó, mucho más cerca de lo que suele ocurrir."),
        _l(
            "(Segundo precio − precio ganador) ÷ precio ganador, menor que Q1 − 1,5 × (Q3 − Q1) de todos los "
            "procesos comparables."
        ),
        _l("Un producto con precio fijo o regulado."),
        CARDINAL,
        de_muchos=True,
        version=2,
    ),
    Definicion(
        "R025",
        _l("Oferta mucho y gana poco"),
        _l("Está entre quienes más ofertan y gana mucho menos de lo que suele ganarse."),
        _l(
            "Ofertas ganadas ÷ ofertas válidas, menor que Q1 − 1,5 × (Q3 − Q1), de quien tiene tantas "
            "ofertas como el tercer cuartil o más."
        ),
        _l("Una empresa nueva, o precios que de verdad son más altos."),
        CARDINAL,
        de_muchos=True,
    ),
    Definicion(
        "R028",
        _l("Precios iguales"),
        _l("Distintos oferentes pidieron exactamente el mismo precio por lo mismo."),
        _l("Dos o más oferentes con el mismo total por los mismos ítems."),
        _l("Un precio fijado por norma, o que el referencial publicado fuera el precio de todos."),
        CARDINAL,
    ),
    Definicion(
        "R030",
        _l("Ganó una oferta tardía"),
        _l("La oferta adjudicada llegó después del cierre."),
        _l("Fecha de la oferta válida adjudicada, posterior al cierre publicado."),
        _l("Una ampliación del plazo que no se publicó como debía."),
        CARDINAL,
    ),
    Definicion(
        "R035",
        _l("Quedó una sola oferta"),
        _l("Se descalificó a todos menos a quien ganó."),
        _l("Un solo oferente con ofertas válidas, que ganó todo, y al menos otro descalificado."),
        _l("Las causas de cada descalificación, que el informe de calificación publica."),
        CARDINAL,
    ),
    Definicion(
        "R036",
        _l("Se descalificó la más baja"),
        _l("Se adjudica por precio y la oferta más baja quedó descalificada."),
        _l(
            "El menor precio entre las ofertas por los mismos ítems es de una descalificada, y hay una "
            "válida."
        ),
        _l("La causa de la descalificación, que el informe de calificación publica."),
        CARDINAL,
    ),
    Definicion(
        "R038",
        _l("Muchas descalificaciones"),
        _l(
            "Descalifica (la entidad) o le descalifican (al proveedor) una parte de las ofertas mucho mayor "
            "de lo que suele ocurrir."
        ),
        _l(
            "Ofertas descalificadas ÷ ofertas presentadas, mayor que Q3 + 1,5 × (Q3 − Q1), con dos ofertas o "
            "más."
        ),
        _l("Requisitos nuevos que muchos no conocían, o papeles que vencen en esas fechas."),
        CARDINAL,
        de_muchos=True,
    ),
    Definicion(
        "R048",
        _l("Vende de todo"),
        _l("Se le adjudicaron cosas de muchos más rubros de lo que suele ocurrir."),
        _l(
            "Segmentos UNSPSC distintos adjudicados, más que Q3 + 1,5 × (Q3 − Q1), de quienes ganaron en 20 "
            "procesos o más."
        ),
        _l("Un comercio de artículos varios, o códigos mal puestos por las entidades."),
        CARDINAL,
        de_muchos=True,
    ),
    Definicion(
        "R058",
        _l("Rebaja muy grande"),
        _l("La segunda oferta pide mucho más que la que ganó, más de lo que suele ocurrir."),
        _l(
            "(Segundo precio − precio ganador) ÷ precio ganador, mayor que Q3 + 1,5 × (Q3 − Q1) de todos los "
            "procesos comparables."
        ),
        _l("Existencias que alguien remata, o una entrega que muestra que cumplió lo pedido."),
        CARDINAL,
        de_muchos=True,
        version=2,
    ),
    Definicion(
        "Q01",
        _l("Ganó quien llegó al final"),
        _l("De tres ofertas o más ganó la última en llegar, en la última hora del plazo."),
        _l(
            "La oferta ganadora es la única última y llegó a una hora o menos del cierre. Una subasta no "
            "cuenta."
        ),
        _l("Sobres sellados hasta la apertura: nadie pudo saber los otros precios. Muchos ofertan al final."),
    ),
    Definicion(
        "Q02",
        _l("Pago lento"),
        _l("Pasaron muchos días entre la última recepción y el último pago de un contrato."),
        _l("Día del último pago menos día de la última recepción, mayor que 30."),
        _l("Una factura que llegó tarde, o una observación que se resolvió después."),
        version=2,
    ),
    Definicion(
        "Q03",
        _l("Se recibió antes de aceptar"),
        _l("La entrega figura antes del día en que el proveedor aceptó el contrato."),
        _l("Primer día de recepción anterior al día de la firma."),
        _l("Una fecha mal escrita, o una entrega adelantada con constancia."),
    ),
    Definicion(
        "Q04",
        _l("Oferentes con el mismo contacto"),
        _l("Oferentes distintos tienen el mismo domicilio, teléfono o correo en el registro público."),
        _l(
            "Dos o más oferentes con el mismo domicilio (con número), teléfono o correo. Quién representa a "
            "cada uno no es público y no se compara."
        ),
        _l("Un edificio con muchas oficinas, o una asociación que presta su dirección."),
    ),
    Definicion(
        "Q05",
        _l("Justo debajo del tope"),
        _l(
            "El monto está en el último décimo bajo el tope de su modalidad, y en su entidad hay allí muchos "
            "más procesos que un poco más abajo."
        ),
        _l(
            "En un año, 10 procesos o más entre 90 y 100 % del tope, y al menos el triple que entre 80 y 90 "
            "%. De lo que se convocó más de una vez cuenta la última."
        ),
        _l("Precios de mercado que caen en ese tramo, como un bien que todas las unidades compran."),
        version=2,
    ),
    Definicion(
        "Q06",
        _l("Lo mismo en varias compras"),
        _l(
            "La entidad pidió lo mismo en varios procesos seguidos: cada uno bajo el tope de su modalidad y, "
            "juntos, por encima."
        ),
        _l(
            "Procesos de la misma modalidad y familia de productos en 30 días, cada uno hasta el tope, que "
            "suman más que el tope. De lo que se convocó más de una vez cuenta la última; lo desierto, no."
        ),
        _l("Necesidades que no se podían prever juntas, o lugares de entrega distintos."),
        version=2,
    ),
    Definicion(
        "Q07",
        _l("Mucho sin convocatoria"),
        _l("Contrata sin convocatoria (0-E) una parte de sus procesos mucho mayor que otras entidades."),
        _l("Procesos sin convocatoria ÷ procesos, mayor que Q3 + 1,5 × (Q3 − Q1), con 10 procesos o más."),
        _l("Una emergencia declarada, o una norma que le permite contratar así."),
        de_muchos=True,
    ),
)
DEFINICIONES: Mapping[str, Definicion] = {una.codigo: una for una in _TODAS}
EDICION = hashlib.md5(
    " ".join(f"{d.codigo}.{d.version}" for d in _TODAS).encode(), usedforsecurity=False
).hexdigest()
"""Of all the definitions together: with another, processes are looked at again."""

FALTAS: Mapping[str, str] = {
    "contacto": _l("El registro no muestra domicilio, teléfono ni correo de los oferentes."),
    "llegada": _l("No consta cuándo llegó cada oferta."),
    "oferentes": _l("No consta de quién es cada oferta."),
    "ofertas": _l("Todavía no se conocen las ofertas."),
    "pago": _l("No consta que se haya recibido y pagado todo."),
    "plazo": _l("No consta cuándo se publicó o cuándo cierra."),
    "plazo_minimo": _l("Su norma no fija un plazo mínimo, o no está confirmado."),
    "pocos": _l("Hay muy pocos procesos para saber qué es lo usual."),
    "precios": _l("No constan los precios de las ofertas."),
    "recepcion": _l("No consta la firma o la recepción."),
}

DATOS: Mapping[str, tuple[str, str]] = {
    "cierre": (_l("Cierre"), "momento"),
    "comparten": (_l("Comparten"), "contacto"),
    "contrato": (_l("Contrato"), "texto"),
    "descalificada": (_l("Precio más bajo, descalificado"), "bs"),
    "descalificados": (_l("Oferentes descalificados"), "numero"),
    "desde": (_l("Desde"), "fecha"),
    "dias": (_l("Días"), "numero"),
    "diferencia": (_l("Diferencia"), "porcentaje"),
    "en_el_anterior": (_l("Procesos entre 80 y 90 % del tope"), "numero"),
    "en_el_ultimo": (_l("Procesos entre 90 y 100 % del tope"), "numero"),
    "firma": (_l("Firma"), "fecha"),
    "ganadora": (_l("Precio ganador"), "bs"),
    "gestion": (_l("Gestión"), "texto"),
    "hasta": (_l("Hasta"), "fecha"),
    "iguales": (_l("Oferentes con ese precio"), "numero"),
    "llegada": (_l("Llegó"), "momento"),
    "maximo": (_l("Máximo, en días"), "numero"),
    "minimo": (_l("Mínimo, en días"), "numero"),
    "minutos": (_l("Minutos antes del cierre"), "numero"),
    "monto": (_l("Monto"), "bs"),
    "n": (_l("Con cuántos se compara"), "numero"),
    "oferentes": (_l("Oferentes"), "numero"),
    "ofertas": (_l("Ofertas"), "numero"),
    "parte": (_l("De estas"), "numero"),
    "precio": (_l("Precio"), "bs"),
    "procesos": (_l("Procesos"), "numero"),
    "recepcion": (_l("Recepción"), "fecha"),
    "rubros": (_l("Rubros"), "numero"),
    "segunda": (_l("Segundo precio"), "bs"),
    "suma": (_l("Suma"), "bs"),
    "todo": (_l("De un total de"), "numero"),
    "tope": (_l("Tope de la modalidad"), "bs"),
    "usual": (_l("Hasta dónde es usual"), "porcentaje"),
    "usuales": (_l("Hasta cuántos es usual"), "decimal"),
    "valida": (_l("Precio válido más bajo"), "bs"),
}

CONTACTOS: Mapping[str, str] = {
    "correo": _l("correo"),
    "domicilio": _l("domicilio"),
    "telefono": _l("teléfono"),
}
"""What bidders may share, as `propias.Contacto` names it."""
