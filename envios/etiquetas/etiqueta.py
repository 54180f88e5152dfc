"""What a label says, read once for as many items as are printed together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from envios import s10
from envios.items import Vista, envios_de, lugares_de, partes_de, url_de_seguimiento
from nucleo.actor import Actor
from nucleo.errores import NoEncontrado
from nucleo.lectores import formato_telefono
from nucleo.textos import gettext as _

MAXIMO = 100
"""Labels in one document."""


@dataclass(frozen=True, slots=True)
class Etiqueta:
    """The texts of one label, as people read them. `enlace` is the public tracking page."""

    numero: s10.NumeroS10
    operador: str
    destino: str
    destinatario: str
    referencia: str
    telefono: str
    remitente: str
    remitente_telefono: str
    contenido: str
    peso_g: int
    enlace: str
    es_devolucion: bool


def etiquetas_de(sesion: Session, actor: Actor, ids: Sequence[UUID]) -> list[Etiqueta]:
    """The labels of these items, in their order, each once. For the sender and the operator.

    Raises `NoEncontrado` when one of them is not theirs to print.
    """
    assert len(ids) <= MAXIMO
    suyos = envios_de(sesion, actor, ids, Vista.REMITENTE, Vista.OPERADOR)
    if suyos.keys() != set(ids):
        raise NoEncontrado(_("La etiqueta la imprime quien envía o el operador."))
    envios = [suyos[envio_id] for envio_id in dict.fromkeys(ids)]
    lugares = lugares_de(sesion, envios)
    partes = partes_de(sesion, envios)
    unidades = unidades_en_lote(sesion, {e.operador_unidad_id for e in envios})
    return [
        Etiqueta(
            numero=s10.validar(e.numero),
            operador=unidades[e.operador_unidad_id].nombre,
            destino=lugares[e.destino_municipio_ine],
            destinatario=e.destinatario_nombre,
            referencia=e.destino_referencia,
            telefono=formato_telefono(e.destinatario_telefono),
            remitente=partes[e.remitente_parte_id].nombre,
            remitente_telefono=formato_telefono(partes[e.remitente_parte_id].telefono or ""),
            contenido=e.contenido,
            peso_g=e.peso_g,
            enlace=url_de_seguimiento(e),
            es_devolucion=e.devolucion_de_id is not None,
        )
        for e in envios
    ]
