"""What ways of delivery a seller offers: declared by them, read by who buys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from comercio.catalogo import lugar_principal
from comercio.catalogo.modelos import LugarDeDespacho
from comercio.formas.bloqueos import bloquear_lugar
from comercio.formas.estados import FormaDeEntrega
from comercio.formas.modelos import FormaOfrecida
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Forma:
    """A way of delivery that a seller offers; of `REPARTO`, `municipio_ine` is the only one it reaches."""

    forma: FormaDeEntrega
    indicaciones: str = ""
    municipio_ine: str | None = None

    def llega_a(self, municipio_ine: str) -> bool:
        return self.forma is not FormaDeEntrega.REPARTO or self.municipio_ine == municipio_ine


POR_CORREO = Forma(FormaDeEntrega.CORREO)


def declarar(
    sesion: Session, actor: Actor, unidad_id: UUID, formas: Mapping[FormaDeEntrega, str]
) -> list[Forma]:
    """The seller offers these from now on, each with its directions, and no other; what was sold stays as it
    was sold. Raises `DatosInvalidos`, `SinFacultad`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    lugar = lugar_principal(sesion, unidad_por_id(sesion, unidad_id))
    if not formas:
        texto = _("Deje al menos una: si no, nadie puede recibir lo que vende.")
        raise DatosInvalidos(texto, campos={"correo": texto})
    if not formas.get(FormaDeEntrega.RETIRO, "-"):
        texto = _("Escriba dónde y en qué horario se recoge.")
        raise DatosInvalidos(texto, campos={"donde": texto})
    if FormaDeEntrega.REPARTO in formas and lugar.municipio_ine is None:
        texto = _("Para repartir, su unidad necesita un municipio en el registro.")
        raise DatosInvalidos(texto, campos={"reparto": texto})
    bloquear_lugar(sesion, lugar.id)
    for forma in FormaDeEntrega:
        fila = sesion.get(FormaOfrecida, (lugar.id, forma.value), populate_existing=True)
        if fila is None:
            fila = FormaOfrecida(lugar_id=lugar.id, forma=forma, ofrece=False)
        fila.ofrece = forma in formas
        fila.indicaciones = formas.get(forma, fila.indicaciones)
        fila.cambiada_en = ahora_bd(sesion)
        sesion.add(fila)
    sesion.flush()
    hechos = {"formas": [f.value for f in FormaDeEntrega if f in formas]}
    auditar(sesion, autorizacion, "formas_de_entrega.declarar", "registro_unidad", unidad_id, hechos)
    return formas_de(sesion, [unidad_id])[unidad_id]


_OFRECIDAS: Any = (
    select(
        col(LugarDeDespacho.vendedor_id),
        col(LugarDeDespacho.municipio_ine),
        col(FormaOfrecida.forma),
        col(FormaOfrecida.indicaciones),
    )
    .join(FormaOfrecida, col(FormaOfrecida.lugar_id) == col(LugarDeDespacho.id))
    .where(
        col(LugarDeDespacho.vendedor_id).in_(bindparam("vendedores", expanding=True)),
        col(LugarDeDespacho.principal),
        col(FormaOfrecida.ofrece),
    )
)


def formas_de(sesion: Session, vendedores: Collection[UUID]) -> dict[UUID, list[Forma]]:
    """What each of these sellers offers, by post first; one query."""
    filas = sesion.execute(_OFRECIDAS, {"vendedores": list(vendedores)})
    ofrecen: dict[UUID, dict[FormaDeEntrega, Forma]] = {v: {} for v in vendedores}
    for vendedor_id, municipio_ine, codigo, indicaciones in filas:
        forma = FormaDeEntrega(codigo)
        ofrecen[vendedor_id][forma] = Forma(forma, indicaciones, municipio_ine)
    return {v: [f[x] for x in FormaDeEntrega if x in f] or [POR_CORREO] for v, f in ofrecen.items()}
