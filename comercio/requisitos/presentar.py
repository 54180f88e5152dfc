"""From rows to what the API shows."""

from comercio.requisitos.esquemas import ReglaLeida, RequisitoLeido
from comercio.requisitos.juzgar import Juicio
from comercio.requisitos.modelos import ReglaDeVendedor


def regla(fila: ReglaDeVendedor) -> ReglaLeida:
    return ReglaLeida.model_validate(fila, from_attributes=True)


def requisito(juicio: Juicio) -> RequisitoLeido:
    return RequisitoLeido(
        regla=regla(juicio.regla),
        cumple=juicio.cumple,
        impide=juicio.impide,
        faltan=list(juicio.faltan),
        vendido=juicio.vendido,
    )
