"""JSON API of what a unit's account collected on a day."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.dinero import Dinero, de_centavos
from nucleo.errores import respuestas
from nucleo.lectores import Entero, Fecha
from nucleo.paginacion import Cursor, Pagina
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos.cobros.cobros_del_dia import Cobro, Dia, cobros_de, exigir_cuenta_que_cobra, resumen_del_dia

router = APIRouter(tags=["cobros del día"])

CuentaRuta = Annotated[Entero, Path(ge=1, lt=2**63)]
DiaPedido = Annotated[Fecha | None, Query(description="Día de Bolivia; sin él, hoy.")]


class MotivoVista(BaseModel):
    codigo: int
    cobros: int
    monto: Dinero


class DiaVista(BaseModel):
    """The charges of an account on a day of Bolivia."""

    dia: date
    cobrado: Dinero
    cobros: int
    devuelto: Dinero = Field(description="Lo que ese día volvió a quienes pagaron.")
    comisiones: Dinero
    neto: Dinero = Field(description="Lo cobrado menos lo devuelto y las comisiones; puede ser negativo.")
    otros_ingresos: Dinero = Field(description="Entró sin ser un cobro: recargas, ajustes.")
    por_motivo: list[MotivoVista]
    por_hora: list[Dinero] = Field(min_length=24, max_length=24)

    @classmethod
    def de(cls, d: Dia) -> "DiaVista":
        return cls(
            dia=d.dia,
            cobrado=de_centavos(d.cobrado),
            cobros=d.cuantos,
            devuelto=de_centavos(d.devuelto),
            comisiones=de_centavos(d.comisiones),
            neto=de_centavos(d.neto),
            otros_ingresos=de_centavos(d.otros),
            por_motivo=[
                MotivoVista(codigo=m.codigo, cobros=m.cuantos, monto=de_centavos(m.monto))
                for m in d.por_motivo
            ],
            por_hora=[de_centavos(m) for m in d.por_hora],
        )


class CobroVista(BaseModel):
    transferencia_id: UUID
    de: str
    codigo: int
    monto: Dinero
    devuelto: Dinero
    creada_en: datetime

    @classmethod
    def desde(cls, c: Cobro) -> "CobroVista":
        return cls(
            transferencia_id=c.id,
            de=c.pagador,
            codigo=c.codigo,
            monto=c.monto,
            devuelto=c.devuelto,
            creada_en=c.creada_en,
        )


@router.get("/cuentas/{cuenta_id}/cobros-del-dia", responses=respuestas(404))
def ver_cobros_del_dia(
    cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido, dia: DiaPedido = None
) -> DiaVista:
    """Lo que cobró en un día la cuenta de una unidad por la que usted vende o paga."""
    cuenta = exigir_cuenta_que_cobra(sesion, actor, cuenta_id)
    return DiaVista.de(resumen_del_dia(sesion, cuenta.id, dia or fecha_bolivia(ahora_bd(sesion))))


@router.get("/cuentas/{cuenta_id}/cobros", responses=respuestas(404))
def listar_cobros_del_dia(
    cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido, pagina: Cursor, dia: DiaPedido = None
) -> Pagina[CobroVista]:
    """Cada cobro de ese día, el más nuevo primero."""
    cuenta = exigir_cuenta_que_cobra(sesion, actor, cuenta_id)
    elegido = dia or fecha_bolivia(ahora_bd(sesion))
    filas, siguiente = cobros_de(sesion, cuenta.id, elegido, pagina)
    return Pagina(datos=[CobroVista.desde(c) for c in filas], siguiente=siguiente)
