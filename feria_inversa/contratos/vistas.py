"""The page of an order: what it says, what became of it, and what this visitor may do about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import HTMLResponse

from empresa_digital.registro import CON_LO_SUYO, Facultad, lugar, tiene_facultad, unidad_por_id
from feria_inversa.contratos.consultas import (
    entregas_de,
    garantias_de,
    lineas_de_entrega,
    lineas_de_entregas,
    lineas_de_modificaciones,
    lineas_de_orden,
    modificaciones_de,
    orden_por_id,
    pagos_de,
    total_adjudicado,
)
from feria_inversa.contratos.entregas import dias_despues, valor_de
from feria_inversa.contratos.estados import (
    VIDA_ORDEN,
    ClaseDeGarantia,
    EstadoEntrega,
    EstadoGarantia,
    EstadoModificacion,
    EstadoOrden,
    nombre_clase_garantia,
    nombre_estado_entrega,
    nombre_estado_garantia,
    nombre_estado_modificacion,
    nombre_estado_orden,
    nombre_forma_garantia,
    tono_orden,
)
from feria_inversa.contratos.forma import forma_de
from feria_inversa.contratos.formularios import (
    ACEPTACION,
    ANULACION,
    EJECUCION,
    ENTREGA,
    GARANTIA,
    MODIFICACION,
    PAGO,
    RECEPCION,
    RECHAZO,
    RESOLUCION,
)
from feria_inversa.contratos.garantias import exigencia_de, falta_garantia, solo_dicha
from feria_inversa.contratos.historial import dias_para_pagar
from feria_inversa.contratos.modelos import (
    Entrega,
    Garantia,
    OrdenDeCompra,
    OrdenLinea,
)
from feria_inversa.contratos.modificaciones import tope_de
from feria_inversa.contratos.multas import Multa, multa_de
from feria_inversa.contratos.ordenes import plazo_para_aceptar
from feria_inversa.contratos.pagos import por_pagar
from feria_inversa.entidades import identificador_principal
from feria_inversa.precios import cantidad, sumar
from feria_inversa.procesos import PASO, puede_gestionar, reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.dinero import bs, formato_bs
from nucleo.formularios import Hoja
from nucleo.lectores import para_escribir
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina
from pagos import cuentas_de_unidades


def pagina_de_orden(
    request: Request, sesion: Session, actor: Actor | None, orden_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    """A purchase order, ready to print. Raises `OrdenNoEncontrada`."""
    orden = orden_por_id(sesion, orden_id)
    convocatoria = sesion.get_one(Convocatoria, orden.convocatoria_id)
    lineas = lineas_de_orden(sesion, orden.id)
    entregado = lineas_de_entregas(sesion, orden.id)
    return pagina(
        request,
        "feria_inversa/contratos/orden.html",
        hoja=hoja,
        proceso=f"/compras/{convocatoria.id}"
        if puede_gestionar(sesion, actor, convocatoria.unidad_id)
        else f"/feria/{convocatoria.id}",
        orden=orden,
        formalizado=forma_de(reglas_de(convocatoria), orden),
        situacion=nombre_estado_orden(orden.estado),
        tono=tono_orden(orden.estado),
        convocatoria=convocatoria,
        entidad=unidad_por_id(sesion, orden.unidad_id),
        proveedor=unidad_por_id(sesion, orden.proveedor_id),
        nit_entidad=identificador_principal(sesion, orden.unidad_id),
        nit_proveedor=identificador_principal(sesion, orden.proveedor_id),
        lugar=lugar(sesion, convocatoria.municipio_ine),
        lineas=lineas,
        cantidad=cantidad,
        nombre_estado_entrega=nombre_estado_entrega,
        entregas=[(e, entregado[e.id]) for e in entregas_de(sesion, orden.id)],
        por_linea={linea.id: linea for linea in lineas},
        pagos=pagos_de(sesion, orden.id),
        por_pagar=por_pagar(orden),
        dias_de_pago=dias_para_pagar(orden, ahora_bd(sesion)),
        atraso=_atraso(sesion, orden, convocatoria, lineas),
        **_garantias(request, sesion, actor, orden, convocatoria, hoja),
        **_modificaciones(request, sesion, actor, orden, convocatoria, hoja),
        **_lo_que_puede(request, sesion, actor, orden, convocatoria, lineas, hoja),
    )


def _atraso(
    sesion: Session, orden: OrdenDeCompra, convocatoria: Convocatoria, lineas: Sequence[OrdenLinea]
) -> tuple[int, Multa | None] | None:
    """Of an order whose term passed and of which something was not delivered: how many days, and what it
    would cost if all of it came today; None of any other."""
    falta = sumar(valor_de(li, li.cantidad) - valor_de(li, li.entregada) for li in lineas)
    if orden.estado != EstadoOrden.VIGENTE or not falta:
        return None
    dias = dias_despues(orden, fecha_bolivia(ahora_bd(sesion)))
    return (dias, multa_de(reglas_de(convocatoria), orden, falta, dias)) if dias else None


def _lo_que_puede(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    orden: OrdenDeCompra,
    convocatoria: Convocatoria,
    lineas: Sequence[OrdenLinea],
    hoja: Hoja[Any] | None,
) -> dict[str, Any]:
    """The forms of the acts that this visitor may do now; the others are None."""

    def puede(unidad_id: UUID, facultad: Facultad) -> bool:
        return actor is not None and tiene_facultad(sesion, actor, unidad_id, facultad, estados=CON_LO_SUYO)

    provee = puede(orden.proveedor_id, Facultad.OFERTAR)
    compra = puede(orden.unidad_id, Facultad.COMPRAR)
    vigente = orden.estado == EstadoOrden.VIGENTE
    responde = orden.estado == EstadoOrden.POR_ACEPTAR and provee
    espera = next((e for e in entregas_de(sesion, orden.id) if e.estado == EstadoEntrega.POR_RECIBIR), None)
    paga = por_pagar(orden) > bs(0) and puede(orden.unidad_id, Facultad.PAGAR)
    falta = {li.numero: li.cantidad - li.entregada for li in lineas if li.cantidad > li.entregada}
    atrasada = vigente and orden.entregar_hasta is not None and ahora_bd(sesion) > orden.entregar_hasta
    return {
        "plazo": plazo_para_aceptar(sesion, convocatoria, orden.emitida_en) if responde else None,
        "paso": PASO.mostrar(request, enviada=hoja),
        "aceptacion": ACEPTACION.mostrar(request, enviada=hoja),
        "falta_garantia": responde and falta_garantia(sesion, convocatoria, orden),
        "solo_dicha": solo_dicha(sesion, orden),
        "rechazo": RECHAZO.mostrar(request, enviada=hoja),
        "entrega": ENTREGA.mostrar(request, _filas(falta), enviada=hoja)
        if vigente and falta and (provee or compra)
        else None,
        "falta": falta,
        "espera": espera if compra else None,
        "recepcion": _recepcion(request, sesion, espera, lineas, hoja) if espera and compra else None,
        **(_multas(sesion, orden, convocatoria, espera, lineas) if espera and compra else {}),
        "pago": _pago(request, sesion, orden, hoja) if paga else None,
        "resolucion": RESOLUCION.mostrar(request, enviada=hoja)
        if compra and espera is None and (atrasada or (vigente and solo_dicha(sesion, orden)))
        else None,
    }


def _filas(cantidades: Mapping[int, Any]) -> dict[str, str]:
    return {f"lineas.{numero}.cantidad": para_escribir(cuanto) for numero, cuanto in cantidades.items()}


def _recepcion(
    request: Request,
    sesion: Session,
    espera: Entrega,
    lineas: Sequence[OrdenLinea],
    hoja: Hoja[Any] | None,
) -> Any:
    numeros = {linea.id: linea.numero for linea in lineas}
    entregado = {numeros[fila.linea_id]: fila.cantidad for fila in lineas_de_entrega(sesion, espera.id)}
    valores = _filas(entregado) | {"llego_el": fecha_bolivia(espera.entregada_en)}
    return RECEPCION.mostrar(request, valores, enviada=hoja, de=f"entrega-{espera.numero}")


def _multas(
    sesion: Session,
    orden: OrdenDeCompra,
    convocatoria: Convocatoria,
    espera: Entrega,
    lineas: Sequence[OrdenLinea],
) -> dict[str, Multa | None]:
    """What the delay of a delivery would cost if all of it were received: had it arrived on the day on which
    it was written down, and today."""
    por_id = {linea.id: linea for linea in lineas}
    filas = lineas_de_entrega(sesion, espera.id)
    vale = sumar(valor_de(por_id[fila.linea_id], fila.cantidad) for fila in filas)
    dias = {"multa": espera.entregada_en, "multa_hoy": ahora_bd(sesion)}
    return {
        cual: multa_de(reglas_de(convocatoria), orden, vale, dias_despues(orden, fecha_bolivia(instante)))
        for cual, instante in dias.items()
    }


def _pago(request: Request, sesion: Session, orden: OrdenDeCompra, hoja: Hoja[Any] | None) -> Any:
    hoy: date = fecha_bolivia(ahora_bd(sesion))
    cuentas = [
        (
            str(cuenta.id),
            _("Cuenta {n}, con {saldo}").format(n=cuenta.id, saldo=formato_bs(cuenta.disponible)),
        )
        for cuenta in cuentas_de_unidades(sesion, [orden.unidad_id])
    ]
    return PAGO.mostrar(
        request,
        {"monto": por_pagar(orden), "medio": "c31", "fecha": hoy},
        enviada=hoja,
        opciones={"cuenta_id": cuentas},
    )


def _garantias(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    orden: OrdenDeCompra,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None,
) -> dict[str, Any]:
    """The guarantees of an order, what its rules ask for, and the forms for who writes them down."""
    suyas = garantias_de(sesion, orden.id)
    reglas = reglas_de(convocatoria)
    pide = [
        (nombre, exigencia)
        for nombre, exigencia in (
            (_("Cumplimiento de contrato"), exigencia_de(reglas, ClaseDeGarantia.CUMPLIMIENTO, orden.total)),
            (
                _("Cumplimiento de contrato, si es MyPE, OECA o asociación de productores"),
                exigencia_de(reglas, ClaseDeGarantia.CUMPLIMIENTO, orden.total, mype=True),
            ),
            (_("Anticipo"), exigencia_de(reglas, ClaseDeGarantia.ANTICIPO, orden.total)),
        )
        if exigencia is not None
    ]
    compra = actor is not None and tiene_facultad(
        sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO
    )
    vigentes = [g for g in suyas if g.estado == EstadoGarantia.VIGENTE]
    return {
        "garantias": suyas,
        "numero_de_garantia": {g.id: g.numero for g in suyas},
        "pide": pide,
        "nombre_clase_garantia": nombre_clase_garantia,
        "nombre_forma_garantia": nombre_forma_garantia,
        "nombre_estado_garantia": nombre_estado_garantia,
        "terminables": {g.numero for g in vigentes} if compra else set(),
        "ejecuciones": {
            g.numero: EJECUCION.mostrar(request, enviada=hoja, de=f"garantia-{g.numero}") for g in vigentes
        }
        if compra
        else {},
        "anulaciones": {
            g.numero: ANULACION.mostrar(request, enviada=hoja, de=f"error-{g.numero}") for g in vigentes
        }
        if compra
        else {},
        "garantia": GARANTIA.mostrar(
            request,
            {"clase": ClaseDeGarantia.CUMPLIMIENTO, "desde": fecha_bolivia(ahora_bd(sesion))},
            enviada=hoja,
            de="garantia",
            opciones={"renueva_a": [_que_se_renueva(g) for g in vigentes]},
        )
        if compra and orden.estado not in VIDA_ORDEN.fines
        else None,
    }


def _que_se_renueva(garantia: Garantia) -> tuple[str, str]:
    que = f"{garantia.numero}. {nombre_clase_garantia(garantia.clase)}, {formato_bs(garantia.monto)}"
    return str(garantia.numero), que


def _modificaciones(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    orden: OrdenDeCompra,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None,
) -> dict[str, Any]:
    """What was changed of an order, what waits to be signed, and the forms for who may."""
    suyas, filas = modificaciones_de(sesion, orden.id), lineas_de_modificaciones(sesion, orden.id)
    reglas = reglas_de(convocatoria)
    espera = next((m for m in suyas if m.estado == EstadoModificacion.PROPUESTA), None)

    def puede(unidad_id: UUID, facultad: Facultad) -> bool:
        return actor is not None and tiene_facultad(sesion, actor, unidad_id, facultad, estados=CON_LO_SUYO)

    en_plazo = orden.entregar_hasta is not None and ahora_bd(sesion) < orden.entregar_hasta
    cambia = orden.estado == EstadoOrden.VIGENTE and en_plazo
    compra = puede(orden.unidad_id, Facultad.COMPRAR)
    return {
        "modificaciones": [(m, filas[m.id]) for m in suyas],
        "nombre_estado_modificacion": nombre_estado_modificacion,
        "firma": cambia and espera is not None and puede(orden.proveedor_id, Facultad.OFERTAR),
        "retira": espera is not None and compra,
        "pediria": exigencia_de(reglas, ClaseDeGarantia.CUMPLIMIENTO, espera.total)
        if espera is not None and espera.total > espera.total_antes
        else None,
        "tope": tope_de(reglas, total_adjudicado(sesion, orden.id)),
        "modificacion": MODIFICACION.mostrar(request, enviada=hoja, de="modificacion")
        if cambia and espera is None and compra
        else None,
    }
