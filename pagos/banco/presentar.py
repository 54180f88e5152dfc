"""Rows of the bank to the API."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session, col, select

from pagos.banco.consultas import cuenta_por_estado
from pagos.banco.esquemas import (
    ArchivoDeBancoVista,
    DecisionVista,
    MontoDeBanco,
    MovimientoDeBancoVista,
)
from pagos.banco.modelos import ArchivoDeBanco, DecisionDeBanco, EntradaDeBanco, MovimientoDeBanco
from pagos.banco.palabras import EXPLICACIONES


def presentar_archivos(sesion: Session, filas: Sequence[ArchivoDeBanco]) -> list[ArchivoDeBancoVista]:
    cuentas = cuenta_por_estado(sesion, [f.id for f in filas])
    return [
        ArchivoDeBancoVista(
            id=f.id,
            nombre=f.nombre,
            mensaje=f.mensaje,
            subido_en=f.subido_en,
            lineas=cuentas.get(f.id, {}).get("total", 0),
            nuevas=cuentas.get(f.id, {}).get("nuevas", 0),
            pendientes=cuentas.get(f.id, {}).get("pendiente", 0),
        )
        for f in filas
    ]


def presentar_movimientos(
    sesion: Session, filas: Sequence[MovimientoDeBanco]
) -> list[MovimientoDeBancoVista]:
    de_entradas = select(EntradaDeBanco).where(col(EntradaDeBanco.id).in_([f.entrada_id for f in filas]))
    entradas = {e.id: e for e in sesion.exec(de_entradas)}
    de_decisiones = select(DecisionDeBanco).where(
        col(DecisionDeBanco.movimiento_id).in_([f.id for f in filas])
    )
    decisiones = {d.movimiento_id: d for d in sesion.exec(de_decisiones)}
    return [_movimiento(f, entradas[f.entrada_id], decisiones.get(f.id)) for f in filas]


def _movimiento(
    m: MovimientoDeBanco, entrada: EntradaDeBanco, decision: DecisionDeBanco | None
) -> MovimientoDeBancoVista:
    return MovimientoDeBancoVista(
        id=m.id,
        estado=m.estado,
        resultado=m.resultado,
        explicacion=str(EXPLICACIONES[m.resultado]),
        monto=MontoDeBanco(monto=escrito_en(m.monto), moneda=m.moneda) if m.monto is not None else None,
        sentido=m.sentido,
        referencia_del_banco=entrada.referencia,
        extremo=m.extremo,
        contabilizado_el=entrada.contabilizada_el,
        contraparte=m.contraparte,
        texto=m.texto,
        causa=m.causa,
        retiro=(decision.retiro_id if decision else None) or m.retiro_id,
        creado_en=m.creado_en,
        decision=_decision(decision) if decision else None,
    )


def escrito_en(centavos: int) -> str:
    """Hundredths as plain digits with two decimals."""
    return f"{Decimal(centavos).scaleb(-2):.2f}"


def _decision(d: DecisionDeBanco) -> DecisionVista:
    return DecisionVista(
        accion=d.accion,
        retiro=d.retiro_id,
        motivo=d.motivo,
        persona_id=d.persona_id,
        unidad_id=d.unidad_id,
        decidida_en=d.decidida_en,
    )
