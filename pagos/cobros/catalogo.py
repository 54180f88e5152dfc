"""The catalogue of fees of a unit: add, edit, end, remove."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from pagos.cobros.accesos import exigir_catalogo, exigir_receptor
from pagos.cobros.bloqueos import bloquear_concepto
from pagos.cobros.errores import ConceptoEnUso, ConceptoSuperpuesto
from pagos.cobros.esquemas import ConceptoPorCrear, ConceptoPorEditar
from pagos.cobros.modelos import Concepto, Orden

LO_QUE_COBRA = frozenset({"norma", "monto", "formula", "vigente_desde"})
_SIN_SOLAPE = "ex_pagos_concepto_sin_solape"


def crear_concepto(
    sesion: Session, actor: Actor, nuevo: ConceptoPorCrear, *, id: UUID | None = None
) -> Concepto:
    """Add a fee, or a version of one. Raises `SinFacultad`, `SinHabilitacion`, `ConceptoSuperpuesto`."""
    autorizacion = exigir_catalogo(sesion, actor, nuevo.unidad_id)
    exigir_receptor(sesion, nuevo.unidad_id)
    datos: dict[str, Any] = dict(nuevo) | {"formula": _formula_json(nuevo.formula)}
    concepto = Concepto(id=id or nuevo_id(), **datos)
    _escribir(sesion, concepto, {})
    _auditar(sesion, autorizacion, "concepto_de_cobro.crear", concepto, nuevo.model_dump(mode="json"))
    return concepto


def editar_concepto(
    sesion: Session, actor: Actor, concepto_id: UUID, cambios: ConceptoPorEditar, version: int
) -> Concepto:
    """Change a fee; `version` is the one that the editor saw (checked under the row's lock).

    What it charges changes only while no order was made of it. Raises `ConceptoEnUso`, `PrecondicionFallida`,
    `ConceptoSuperpuesto`, `SinFacultad`.
    """
    concepto = bloquear_concepto(sesion, concepto_id)
    autorizacion = exigir_catalogo(sesion, actor, concepto.unidad_id)
    exigir_version(version, concepto.version)
    nuevos = _valores(concepto, cambios)
    if LO_QUE_COBRA & nuevos.keys() and _tiene_ordenes(sesion, concepto_id):
        raise ConceptoEnUso(
            _("Ya hay órdenes con este concepto. Póngale fecha final y cree otra versión con lo nuevo.")
        )
    hasta = nuevos.get("vigente_hasta", concepto.vigente_hasta)
    if hasta is not None and hasta < nuevos.get("vigente_desde", concepto.vigente_desde):
        raise DatosInvalidos(
            _("La vigencia termina antes de empezar."),
            campos={"vigente_hasta": _("Ponga una fecha posterior al inicio.")},
        )
    _escribir(sesion, concepto, nuevos | {"version": concepto.version + 1})
    _auditar(
        sesion,
        autorizacion,
        "concepto_de_cobro.editar",
        concepto,
        cambios.model_dump(mode="json", exclude_unset=True),
    )
    return concepto


def borrar_concepto(sesion: Session, actor: Actor, concepto_id: UUID, version: int) -> None:
    """Remove a fee that no order used. Raises `ConceptoEnUso`, `PrecondicionFallida`, `SinFacultad`."""
    concepto = bloquear_concepto(sesion, concepto_id)
    autorizacion = exigir_catalogo(sesion, actor, concepto.unidad_id)
    exigir_version(version, concepto.version)
    if _tiene_ordenes(sesion, concepto_id):
        raise ConceptoEnUso(_("Ya hay órdenes con este concepto: póngale fecha final en vez de borrarlo."))
    _auditar(sesion, autorizacion, "concepto_de_cobro.borrar", concepto, {"codigo": concepto.codigo})
    sesion.delete(concepto)
    sesion.flush()


def exigir_version(vista: int, actual: int) -> None:
    """Raises `PrecondicionFallida` when somebody changed the row since it was read."""
    if vista != actual:
        raise PrecondicionFallida(_("Cambió desde que lo leyó: vuelva a leerlo y repita su cambio."))


def _valores(concepto: Concepto, cambios: ConceptoPorEditar) -> dict[str, Any]:
    """The fields whose value really changes. A fixed amount takes the formula's place, and vice versa."""
    nuevos: dict[str, Any] = {campo: getattr(cambios, campo) for campo in cambios.model_fields_set}
    for campo in ("nombre", "descripcion", "norma", "vigente_desde"):
        if campo in nuevos and nuevos[campo] is None:
            raise DatosInvalidos(_("Falta un dato."), campos={campo: _("No puede quedar vacío.")})
    if nuevos.get("formula") is not None:
        nuevos |= {"formula": _formula_json(cambios.formula), "monto": None}
    elif nuevos.get("monto") is not None:
        nuevos["formula"] = None
    else:
        nuevos.pop("formula", None)
        nuevos.pop("monto", None)
    return {campo: valor for campo, valor in nuevos.items() if getattr(concepto, campo) != valor}


def _formula_json(formula: Any) -> dict[str, Any] | None:
    return None if formula is None else formula.model_dump(mode="json")


def _escribir(sesion: Session, concepto: Concepto, valores: dict[str, Any]) -> None:
    """Write the row; the exclusion constraint decides whether its dates are free."""
    codigo = concepto.codigo
    try:
        with sesion.begin_nested():
            for campo, valor in valores.items():
                setattr(concepto, campo, valor)
            sesion.add(concepto)
            sesion.flush()
    except IntegrityError as error:
        if _SIN_SOLAPE not in str(error.orig):
            raise
        raise ConceptoSuperpuesto(
            _("«%(codigo)s» ya rige en parte de esas fechas. Termine antes la versión actual.")
            % {"codigo": codigo},
            campos={"vigente_desde": _("Se cruza con otra versión del mismo código.")},
        ) from error


def _tiene_ordenes(sesion: Session, concepto_id: UUID) -> bool:
    consulta = select(Orden.id).where(col(Orden.concepto_id) == concepto_id).limit(1)
    return sesion.exec(consulta).first() is not None


def _auditar(
    sesion: Session, autorizacion: Autorizacion, accion: str, concepto: Concepto, datos: dict[str, Any]
) -> None:
    auditar(sesion, autorizacion, accion, "pagos_concepto", concepto.id, datos)


def elegir_vigente(versiones: list[Concepto], dia: date) -> Concepto | None:
    """The version in force that day, if there is one (the constraint allows no second)."""
    return next((c for c in versiones if c.rige(dia)), None)
