"""The dated list of norms: what a decision may rest on."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro.competencias.errores import NormaYaExiste
from empresa_digital.registro.competencias.exigir import exigir_competencia, exigir_dos_personas
from empresa_digital.registro.competencias.modelos import Norma
from empresa_digital.registro.competencias.tipos import Materia
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def lista_de_normas(sesion: Session, *, en: date | None = None) -> Sequence[Norma]:
    """The norms by code; with `en`, those in force that day."""
    consulta = select(Norma)
    if en is not None:
        hasta = or_(col(Norma.vigente_hasta).is_(None), col(Norma.vigente_hasta) >= en)
        consulta = consulta.where(col(Norma.vigente_desde) <= en, hasta)
    return sesion.exec(consulta.order_by(col(Norma.codigo))).all()


def exigir_norma(sesion: Session, codigo: str, en: date) -> Norma:
    """The norm on which a decision that holds from `en` rests. Raises `DatosInvalidos` (field `norma`)."""
    norma = sesion.get(Norma, codigo.strip())
    if norma is None:
        falta = _("Elija una norma de la lista.")
        raise DatosInvalidos(falta, campos={"norma": falta})
    if norma.vigente_desde > en or (norma.vigente_hasta is not None and norma.vigente_hasta < en):
        raise DatosInvalidos(
            _("Elija una norma que esté vigente ese día."),
            campos={"norma": _("La norma %(norma)s no está vigente ese día.") % {"norma": norma.codigo}},
        )
    return norma


def agregar_norma(
    sesion: Session, actor: Actor, *, codigo: str, titulo: str, vigente_desde: date, confirmado: bool = False
) -> Norma:
    """Two officials put a norm on the list: decisions rest on it. Raises `NormaYaExiste`, `DatosInvalidos`,
    `SinCompetencia`, `FaltanFirmas` (the second one).
    """
    autorizacion = exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    codigo = texto_obligatorio("codigo", codigo, _("Escriba su código, por ejemplo DS-4596."), 40)
    if sesion.get(Norma, codigo) is not None:
        raise NormaYaExiste(_("La norma %(norma)s ya está en la lista.") % {"norma": codigo})
    norma = Norma(
        codigo=codigo,
        titulo=texto_obligatorio("titulo", titulo, _("Escriba el título de la norma."), 300),
        vigente_desde=vigente_desde,
        confirmado=confirmado,
        creada_en=ahora_bd(sesion),
    )
    sesion.add(norma)
    sesion.flush()
    datos = {"titulo": norma.titulo, "vigente_desde": vigente_desde.isoformat(), "confirmado": confirmado}
    auditar(sesion, autorizacion, "norma.agregar", "registro_norma", codigo, datos)
    exigir_dos_personas(sesion, autorizacion)
    return norma


def derogar_norma(sesion: Session, actor: Actor, codigo: str, vigente_hasta: date) -> Norma:
    """Two officials say that the norm ends on a day, today or later: what rests on it stays, nothing new may.

    Raises `DatosInvalidos`, `SinCompetencia`, `FaltanFirmas` (the second one).
    """
    autorizacion = exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    norma = exigir_norma(sesion, codigo, vigente_hasta)
    if vigente_hasta < fecha_bolivia(ahora_bd(sesion)):
        raise DatosInvalidos(
            _("Una norma no termina en el pasado."), campos={"vigente_hasta": _("Ese día ya pasó.")}
        )
    norma.vigente_hasta = vigente_hasta
    sesion.add(norma)
    sesion.flush()
    datos = {"vigente_hasta": vigente_hasta.isoformat()}
    auditar(sesion, autorizacion, "norma.derogar", "registro_norma", norma.codigo, datos)
    exigir_dos_personas(sesion, autorizacion)
    return norma
