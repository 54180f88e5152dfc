"""The dated rules of contracting: which modality a total takes, and from when a call may close."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, or_, select

from feria_inversa.reglas.errores import ModalidadNoCorresponde, PlazoInsuficiente
from feria_inversa.reglas.modelos import Modalidad
from nucleo.dinero import formato_bs
from nucleo.plazos import Plazo, Unidad, correr, ofrece_plazos
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


def vigentes(sesion: Session, dia: date) -> list[Modalidad]:
    """The modalities in force on a day, from the smallest amounts up."""
    hasta = col(Modalidad.vigente_hasta)
    consulta = (
        select(Modalidad)
        .where(col(Modalidad.vigente_desde) <= dia, or_(hasta.is_(None), hasta >= dia))
        .order_by(col(Modalidad.monto_desde), col(Modalidad.codigo))
    )
    return list(sesion.exec(consulta))


def admite(modalidad: Modalidad, total: Money) -> bool:
    """Whether a reference total is above the modality's floor and not above its ceiling."""
    return modalidad.monto_desde < total and (modalidad.monto_hasta is None or total <= modalidad.monto_hasta)


def modalidad_para(sesion: Session, total: Money, dia: date, codigo: str | None = None) -> Modalidad:
    """The modality of a reference total; with `codigo`, that one if it admits the total.

    Raises `ModalidadNoCorresponde`, naming the one that does.
    """
    disponibles = vigentes(sesion, dia)
    adecuadas = [m for m in disponibles if admite(m, total)]
    # Without a choice, the rule of the norm: the one confirmed or with the longest minimum, never a practice
    # one.
    sugerida = max(adecuadas, key=lambda m: m.dias_minimos, default=None)
    if sugerida is None:
        raise ModalidadNoCorresponde(
            _("Ninguna modalidad vigente admite un total de {}.").format(formato_bs(total))
        )
    if codigo is None:
        return sugerida
    elegida = next((m for m in adecuadas if m.codigo == codigo), None)
    if elegida is None:
        detalle = _("Con un total de {total} corresponde {codigo} ({nombre}).").format(
            total=formato_bs(total), codigo=sugerida.codigo, nombre=sugerida.nombre
        )
        raise ModalidadNoCorresponde(detalle, campos={"modalidad": detalle})
    return elegida


def plazo_para_ofertar(modalidad: Modalidad) -> Plazo:
    """The working days that bidders have at least, as a term of the legal clock."""
    return Plazo(
        codigo=f"feria.ofertar_{modalidad.codigo.lower()}",
        nombre=_("Presentar ofertas: {}").format(modalidad.nombre),
        valor=modalidad.dias_minimos,
        unidad=Unidad.DIAS_HABILES,
        norma=modalidad.norma,
        confirmado=modalidad.confirmado,
        nota=modalidad.nota,
        vigente_desde=modalidad.vigente_desde,
        vigente_hasta=None
        if modalidad.vigente_hasta is None
        else modalidad.vigente_hasta + timedelta(days=1),
    )


def plazo_para_impugnar(modalidad: Modalidad) -> Plazo:
    """The working days in which an award may be contested."""
    return replace(
        plazo_para_ofertar(modalidad),
        codigo=f"feria.impugnar_{modalidad.codigo.lower()}",
        nombre=_("Impugnar la adjudicación: {}").format(modalidad.nombre),
        valor=modalidad.dias_impugnacion,
    )


@ofrece_plazos("feria_inversa.modalidades")
def plazos_de_las_modalidades(sesion: Session, dia: date) -> Iterator[Plazo]:
    """What the modalities in force give to bid and to contest."""
    for modalidad in vigentes(sesion, dia):
        if modalidad.dias_minimos:
            yield plazo_para_ofertar(modalidad)
        if modalidad.dias_impugnacion:
            yield plazo_para_impugnar(modalidad)


def dia_minimo_de_cierre(
    sesion: Session, modalidad: Modalidad, publicacion: datetime, municipio_ine: str | None
) -> date:
    """The first day on which a call published at that instant, by an entity of that municipality, may close;
    without a minimum, the same day. Raises `LugarDesconocido`.
    """
    if modalidad.dias_minimos == 0:
        return fecha_bolivia(publicacion)
    plazo = plazo_para_ofertar(modalidad)
    ultimo = correr(sesion, plazo, publicacion, [municipio_ine]).ultimo_dia
    assert ultimo is not None
    return ultimo


def exigir_plazo(
    sesion: Session,
    modalidad: Modalidad,
    publicacion: datetime,
    vence_en: datetime,
    municipio_ine: str | None,
) -> None:
    """Raise `PlazoInsuficiente` unless the call closes after publication and its minimum of working days."""
    if modalidad.dias_minimos == 0:
        if vence_en <= publicacion:
            detalle = _("El cierre debe ser posterior a la publicación.")
            raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})
        return
    minimo = dia_minimo_de_cierre(sesion, modalidad, publicacion, municipio_ine)
    if fecha_bolivia(vence_en) < minimo:
        detalle = ngettext(
            "La modalidad {codigo} exige al menos {dias} día hábil: el cierre puede ser desde el {fecha}.",
            "La modalidad {codigo} exige al menos {dias} días hábiles: el cierre puede ser desde el {fecha}.",
            modalidad.dias_minimos,
        ).format(codigo=modalidad.codigo, dias=modalidad.dias_minimos, fecha=minimo.strftime("%d/%m/%Y"))
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})


def modalidad_por_id(sesion: Session, modalidad_id: UUID) -> Modalidad:
    return sesion.get_one(Modalidad, modalidad_id)


def agregar_modalidad(sesion: Session, modalidad_id: UUID, **reglas: Any) -> bool:
    """Write a modality with the columns of its norm; False when it is there."""
    if sesion.get(Modalidad, modalidad_id) is not None:
        return False
    sesion.add(Modalidad(id=modalidad_id, **reglas))
    sesion.flush()
    return True
