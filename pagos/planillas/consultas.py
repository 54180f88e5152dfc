"""Reads of batches."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, Unidad, unidades_de
from nucleo.actor import Actor
from nucleo.archivos.tablas import Dialecto, celda
from nucleo.errores import ErrorDominio
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from pagos.libro import error_de
from pagos.planillas.modelos import LineaDePlanilla, Planilla


def unidades_que_pagan(sesion: Session, actor: Actor) -> list[Unidad]:
    """The units for which the actor may pay, alone or with others."""
    return unidades_de(sesion, actor, Facultad.PAGAR, con_otros=True)


def planillas_de(
    sesion: Session, unidades: Sequence[UUID], pagina: CursorPedido
) -> tuple[list[Planilla], str | None]:
    """The batches of these units, newest first."""
    consulta: Any = select(Planilla).where(col(Planilla.unidad_id).in_(unidades))
    return paginar(sesion, consulta, pagina, columnas=(col(Planilla.creado_en), col(Planilla.id)))


def lineas_paginadas(
    sesion: Session, planilla_id: UUID, pagina: CursorPedido
) -> tuple[list[LineaDePlanilla], str | None]:
    consulta: Any = select(LineaDePlanilla).where(LineaDePlanilla.planilla_id == planilla_id)
    return paginar(sesion, consulta, pagina, columnas=(col(LineaDePlanilla.numero),), desc=False)


def con_el_mismo_archivo(sesion: Session, planilla: Planilla) -> Planilla | None:
    """An earlier batch of the unit made from the very same file that was paid or may still be."""
    consulta = (
        select(Planilla)
        .where(
            Planilla.unidad_id == planilla.unidad_id,
            Planilla.huella == planilla.huella,
            Planilla.id != planilla.id,
            col(Planilla.estado).in_(("preparada", "presentada", "ejecutada")),
            Planilla.creado_en <= planilla.creado_en,
        )
        .order_by(col(Planilla.creado_en).desc())
        .limit(1)
    )
    return sesion.exec(consulta).first()


def como_se_leyo(planilla: Planilla) -> str | None:
    """In which dialect the numbers of its file were read, for whoever looks at it before signing."""
    return None if planilla.dialecto is None else Dialecto(**planilla.dialecto).en_palabras()


def explicar(resultado: str | None) -> str:
    """A line's result for people."""
    if resultado is None:
        return _("Sin pagar todavía.")
    if resultado == "ok":
        return _("Pagada.")
    error: ErrorDominio = error_de(resultado)
    return error.detalle


def csv_de_resultados(lineas: Sequence[LineaDePlanilla]) -> str:
    """The batch with each line's result, for a spreadsheet; semicolons and comma decimals, as in Bolivia."""
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=";", lineterminator="\r\n")
    escritor.writerow(
        [
            "linea",
            "documento",
            "nombre",
            "monto",
            "glosa",
            "nombre_registrado",
            "coincide",
            "resultado",
            "explicacion",
        ]
    )
    for linea in lineas:
        escritor.writerow(
            [
                linea.numero,
                celda(linea.documento),
                celda(linea.nombre),
                f"{linea.monto.amount:.2f}".replace(".", ","),
                celda(linea.glosa),
                celda(linea.de_quien or ""),
                _("sí") if linea.coincide else _("no"),
                linea.resultado or "",
                explicar(linea.resultado),
            ]
        )
    return "\ufeff" + salida.getvalue()
