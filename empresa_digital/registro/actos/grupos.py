"""Joint mandates: faculties given to several people, of whom so many must sign."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro.mandatos import (
    ADMINISTRABLES,
    Facultad,
    NuevoMandato,
    exigir_dentro_de,
    exigir_facultad,
    otorgar_con,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades import bloquear_unidad
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _

PERSONAS_MAX = 12


@dataclass(frozen=True, slots=True)
class NuevoGrupo:
    """Who, for what, and how many of them sign; the limits are of each act, day and month of each of them.
    The same `id` is the same group.
    """

    facultades: tuple[Facultad, ...]
    cedulas: tuple[str, ...]
    firmas: int
    monto_limite: Money | None = None
    limite_dia: Money | None = None
    limite_mes: Money | None = None
    hasta: datetime | None = None
    documento: str | None = None
    id: UUID | None = None


def otorgar_grupo(sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoGrupo) -> list[Mandato]:
    """Offer several people, by identity card, a joint mandate each. Whoever has `ADMINISTRAR` may, within
    what they have; they may be one of them, since they give themselves nothing that they do not have alone.

    Raises `SinFacultad`, `EsperaFirmas`, `DatosInvalidos`.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    _exigir_que_se_pueda(nuevo)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    grupo = nuevo.id or nuevo_id()
    if hecho := _del_grupo(sesion, unidad_id, grupo):
        return hecho
    comun = NuevoMandato(
        facultades=nuevo.facultades,
        monto_limite=nuevo.monto_limite,
        limite_dia=nuevo.limite_dia,
        limite_mes=nuevo.limite_mes,
        hasta=nuevo.hasta,
        documento=nuevo.documento,
        firmas=nuevo.firmas,
        grupo=grupo,
    )
    autorizacion = exigir_dentro_de(sesion, autorizacion, comun)
    return [
        otorgar_con(sesion, unidad, autorizacion, replace(comun, cedula=cedula)) for cedula in nuevo.cedulas
    ]


def _del_grupo(sesion: Session, unidad_id: UUID, grupo: UUID) -> list[Mandato]:
    consulta = select(Mandato).where(col(Mandato.unidad_id) == unidad_id, col(Mandato.grupo_firma) == grupo)
    return list(sesion.exec(consulta.order_by(col(Mandato.creado_en), col(Mandato.id))))


def _exigir_que_se_pueda(nuevo: NuevoGrupo) -> None:
    campos: dict[str, str] = {}
    cuantas = len(set(nuevo.cedulas))
    if cuantas < len(nuevo.cedulas) or not 2 <= cuantas <= PERSONAS_MAX:
        campos["personas"] = _("Escriba las cédulas de dos personas distintas o más.")
    elif not 2 <= nuevo.firmas <= cuantas:
        campos["firmas"] = _("Escriba un número entre 2 y %(n)s, que son las personas.") % {"n": cuantas}
    if Facultad.REGULAR in nuevo.facultades:
        campos["facultades"] = _("La facultad de regular no se ejerce entre varios.")
    if campos:
        raise DatosInvalidos(_("Revise los datos del mandato conjunto."), campos=campos)
