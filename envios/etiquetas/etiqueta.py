"""What a label says, read once for as many items as are printed together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import Parte, lugares, nombres_de_unidades, unidades_en_lote
from envios import s10
from envios.items import (
    EstadoEnvio,
    Vista,
    callados,
    envios_de,
    lugares_de,
    numeros_de,
    partes_de,
    plus_de,
    url_de_seguimiento,
)
from envios.items.modelos import Envio
from envios.portes import por_cobrar
from nucleo.actor import Actor
from nucleo.dinero import formato_bs
from nucleo.errores import NoEncontrado
from nucleo.lectores import formato_telefono
from nucleo.textos import gettext as _

_DE_VUELTA = (EstadoEnvio.EN_DEVOLUCION, EstadoEnvio.DEVUELTO)
MAXIMO = 100
"""Labels in one document."""


@dataclass(frozen=True, slots=True)
class Etiqueta:
    """The texts of one label, as people read them. `enlace` is the public tracking page.

    The reference begins with the plus code and the coordinates, the content of a return with what it returns,
    that of what is paid at the door with how much.
    """

    numero: s10.Numero
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
    """The labels of these items, in their order, each once. For the sender and the operator; of what ended
    long ago without telephone and place (`callados`).

    Raises `NoEncontrado` when one of them is not theirs to print.
    """
    assert len(ids) <= MAXIMO
    suyos = envios_de(sesion, actor, ids, Vista.REMITENTE, Vista.OPERADOR)
    if suyos.keys() != set(ids):
        raise NoEncontrado(_("La etiqueta la imprime quien envía o el operador."))
    envios = [suyos[envio_id] for envio_id in dict.fromkeys(ids)]
    destinos = lugares_de(sesion, envios)
    partes = partes_de(sesion, envios)
    cobros = por_cobrar(sesion, [e.id for e in envios if e.estado not in _DE_VUELTA])
    originales = numeros_de(sesion, {e.devolucion_de_id for e in envios if e.devolucion_de_id})
    nombres = nombres_de_unidades(sesion, {e.operador_unidad_id for e in envios})
    sin_contacto = callados(sesion, [(e, Vista.REMITENTE) for e in envios])
    etiquetas = [
        Etiqueta(
            numero=s10.leer_numero(e.numero),
            operador=nombres[e.operador_unidad_id],
            destino=destinos[e.destino_municipio_ine],
            destinatario=e.destinatario_nombre,
            referencia="" if e.id in sin_contacto else _con_mapa(e),
            telefono="" if e.id in sin_contacto else formato_telefono(e.destinatario_telefono),
            remitente=partes[e.remitente_parte_id].nombre,
            remitente_telefono=formato_telefono(partes[e.remitente_parte_id].telefono or ""),
            contenido=_con_cobro(
                _de_vuelta(e.contenido, originales.get(e.devolucion_de_id or e.id)), cobros.get(e.id)
            ),
            peso_g=e.peso_g,
            enlace=url_de_seguimiento(e),
            es_devolucion=e.devolucion_de_id is not None,
        )
        for e in envios
    ]
    casas = _de_donde_salieron(sesion, envios, partes)
    return [_al_reves(u, casas[e.id]) if e.id in casas else u for u, e in zip(etiquetas, envios, strict=True)]


def _con_mapa(envio: Envio) -> str:
    plus = plus_de(envio)
    if plus is None:
        return envio.destino_referencia
    return f"{plus} ({envio.latitud}, {envio.longitud}). {envio.destino_referencia}"


def _con_cobro(contenido: str, cobro: Money | None) -> str:
    if cobro is None:
        return contenido
    return _("COBRAR %(monto)s. %(contenido)s") % {"monto": formato_bs(cobro), "contenido": contenido}


def _de_vuelta(contenido: str, numero: str | None) -> str:
    if numero is None:
        return contenido
    legible = s10.leer_numero(numero).legible
    return _("Devolución de %(n)s: %(contenido)s") % {"n": legible, "contenido": contenido}


@dataclass(frozen=True, slots=True)
class _Casa:
    """Where an undelivered item goes back to: its place and how to get there."""

    lugar: str
    referencia: str


def _de_donde_salieron(
    sesion: Session, envios: Sequence[Envio], partes: Mapping[UUID, Parte]
) -> dict[UUID, _Casa]:
    """Of the items that go back under their own number, where to; those of a unit with an address."""
    vuelven = {
        e.id: unidad_id
        for e in envios
        if e.estado in _DE_VUELTA and (unidad_id := partes[e.remitente_parte_id].unidad_id) is not None
    }
    unidades = unidades_en_lote(sesion, set(vuelven.values()))
    donde = lugares(sesion, {u.municipio_ine for u in unidades.values()})
    return {
        id: _Casa(donde[u.municipio_ine], u.direccion)
        for id, unidad_id in vuelven.items()
        if (u := unidades[unidad_id]).municipio_ine and u.direccion
    }


def _al_reves(etiqueta: Etiqueta, casa: _Casa) -> Etiqueta:
    """The label of an item that nobody received: from whom it was for, to who sent it; the same number."""
    return replace(
        etiqueta,
        destino=casa.lugar,
        destinatario=etiqueta.remitente,
        referencia=casa.referencia,
        telefono=etiqueta.remitente_telefono,
        remitente=etiqueta.destinatario,
        remitente_telefono=etiqueta.telefono,
        contenido=_de_vuelta(etiqueta.contenido, str(etiqueta.numero)),
        es_devolucion=True,
    )
