"""A file of the bank is received: each entry is known or kept, each new movement judged by the rules."""

import hashlib
from uuid import UUID

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from pagos.banco import camt
from pagos.banco.bloqueos import movimiento_bloqueado, retiros_nombrados, un_archivo_a_la_vez
from pagos.banco.consultas import (
    archivo_con_huella,
    decision_de,
    dobles_sin_devolver,
    efectos_de,
    entradas_conocidas,
    lotes_con_id,
    lotes_pagados_dos_veces,
    movimientos_de,
)
from pagos.banco.emparejar import (
    CONCILIAN,
    Conciliacion,
    Conocidos,
    Parte,
    extremo_nuestro,
    lote_nombrado,
    partes_de,
)
from pagos.banco.estados import VIDA_MOVIMIENTO, EstadoMovimiento
from pagos.banco.identidad import DE_LA_ENTRADA, claves_de_entradas
from pagos.banco.modelos import ArchivoDeBanco, EntradaDeBanco, LineaDeArchivo, MovimientoDeBanco
from pagos.libro import exigir_supervisor


def recibir(sesion: Session, actor: Actor, *, nombre: str, contenido: bytes) -> ArchivoDeBanco:
    """Read a bank's camt.053 or camt.054 and reconcile the withdrawals with it. The same file is the same
    one, and what another file told of already changes nothing.

    Raises `SinFacultad`, `SesionNoReciente`, `ArchivoDeBancoInvalido`.
    """
    autorizacion = exigir_supervisor(sesion, actor)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    assert actor.persona_id is not None
    huella = hashlib.sha256(contenido).digest()
    if (previo := archivo_con_huella(sesion, huella)) is not None:
        return previo
    mensaje = camt.leer(contenido)
    un_archivo_a_la_vez(sesion)
    if (previo := archivo_con_huella(sesion, huella)) is not None:
        return previo
    archivo = ArchivoDeBanco(
        id=nuevo_id(),
        huella=huella,
        nombre=nombre[:120] if nombre.isprintable() and nombre.strip() else mensaje.tipo,
        mensaje=mensaje.tipo,
        contenido=contenido,
        subido_por=actor.persona_id,
    )
    sesion.add(archivo)
    sesion.flush()
    recepcion = _Recepcion(sesion, autorizacion, archivo, mensaje.entradas)
    recepcion.todo()
    datos = {"lineas": recepcion.lineas, "nuevas": recepcion.nuevas, "mensaje": mensaje.tipo}
    auditar(sesion, autorizacion, "archivo_de_banco.recibir", "pagos_banco_archivo", archivo.id, datos)
    return archivo


class _Recepcion:
    """One file on its way in: what it names was read and locked at once, and its lines are taken in order."""

    def __init__(
        self,
        sesion: Session,
        autorizacion: Autorizacion,
        archivo: ArchivoDeBanco,
        entradas: tuple[camt.Entrada, ...],
    ) -> None:
        self._sesion, self._archivo, self._entradas = sesion, archivo, entradas
        self._claves = claves_de_entradas(entradas)
        self._previas = entradas_conocidas(sesion, set(self._claves))
        self._movimientos = movimientos_de(sesion, [e.id for e in self._previas.values()])
        self._lotes = lotes_con_id(sesion, {x for e in entradas if (x := lote_nombrado(e)) is not None})
        extremos = {extremo_nuestro(d.extremo) for e in entradas for d in e.detalles if d.extremo}
        retiros = retiros_nombrados(sesion, {x for x in extremos if x}, set(self._lotes))
        ids = [r.id for r in retiros]
        self._conocidos = Conocidos(
            retiros={r.extremo: r for r in retiros},
            lotes=self._lotes,
            efectos=efectos_de(sesion, ids),
            dobles=dobles_sin_devolver(sesion, ids),
            lotes_dobles=lotes_pagados_dos_veces(sesion, {r.lote_id for r in retiros if r.lote_id}),
        )
        self._reglas = Conciliacion(sesion, autorizacion, self._conocidos)
        self._por_guardar: list[EntradaDeBanco] = []
        self._hechos: list[MovimientoDeBanco] = []
        self._renglones: list[LineaDeArchivo] = []
        self.nuevas = 0

    @property
    def lineas(self) -> int:
        return len(self._renglones)

    def todo(self) -> None:
        for clave, entrada in zip(self._claves, self._entradas, strict=True):
            fila = self._previas.get(clave)
            if fila is None:
                fila = self._previas[clave] = self._guardar(entrada, clave)
            for parte in partes_de(entrada, self._lotes):
                self._linea(entrada, fila.id, parte)
        self._volcar()
        for filas in (self._renglones, self._reglas.efectos):
            self._sesion.add_all(filas)
            self._sesion.flush()

    def _volcar(self) -> None:
        """Write what was kept so far, each table after that on which it stands."""
        for filas in (self._por_guardar, self._hechos):
            self._sesion.add_all(filas)
            self._sesion.flush()
            filas.clear()

    def _guardar(self, entrada: camt.Entrada, clave: bytes) -> EntradaDeBanco:
        fila = EntradaDeBanco(
            id=nuevo_id(),
            clave=clave,
            cuenta=entrada.cuenta,
            referencia=entrada.referencia or entrada.orden,
            monto=entrada.monto.centavos,
            moneda=entrada.monto.moneda,
            sentido=entrada.sentido,
            reverso=entrada.reverso,
            contabilizada=entrada.estado == "BOOK",
            contabilizada_el=entrada.contabilizada_el,
            lote=entrada.lote,
            cargos=entrada.cargos,
            texto=entrada.texto,
            archivo_id=self._archivo.id,
        )
        self._por_guardar.append(fila)
        return fila

    def _linea(self, entrada: camt.Entrada, entrada_id: UUID, parte: Parte) -> None:
        suyos = self._movimientos.setdefault(entrada_id, {})
        movimiento = self._conocido(suyos, parte)
        nueva = movimiento is None
        if movimiento is None:
            movimiento = suyos[parte.clave] = self._nuevo(entrada, entrada_id, parte)
        self.nuevas += nueva
        numero = len(self._renglones) + 1
        self._renglones.append(
            LineaDeArchivo(
                archivo_id=self._archivo.id, numero=numero, movimiento_id=movimiento.id, nueva=nueva
            )
        )

    def _conocido(self, suyos: dict[bytes, MovimientoDeBanco], parte: Parte) -> MovimientoDeBanco | None:
        """The movement that a part of a known entry is. A statement may tell an entry whole, a notification
        its transactions, or the other way round: it is the same money."""
        if parte.clave in suyos:
            return suyos[parte.clave]
        if parte.clave == DE_LA_ENTRADA:
            return next(iter(suyos.values()), None)
        entero = suyos.get(DE_LA_ENTRADA)
        if entero is None or self._tuvo_efecto(entero):
            return entero
        if entero.estado == EstadoMovimiento.PENDIENTE:
            self._aclarar(entero.id)
        return None

    def _tuvo_efecto(self, movimiento: MovimientoDeBanco) -> bool:
        if movimiento.estado == EstadoMovimiento.RESUELTO:
            decision = decision_de(self._sesion, movimiento.id)
            return decision is not None and decision.retiro_id is not None
        return movimiento.resultado in CONCILIAN

    def _aclarar(self, id: UUID) -> None:
        self._volcar()
        movimiento = movimiento_bloqueado(self._sesion, id)
        if movimiento is not None and movimiento.estado == EstadoMovimiento.PENDIENTE:
            VIDA_MOVIMIENTO.pasar(movimiento, EstadoMovimiento.ACLARADO)
            self._sesion.flush()

    def _nuevo(self, entrada: camt.Entrada, entrada_id: UUID, parte: Parte) -> MovimientoDeBanco:
        id = nuevo_id()
        resultado, compensa_id = self._reglas.juzgar(entrada, parte, id)
        if compensa_id is not None:
            self._aclarar(compensa_id)
        retiro = self._conocidos.retiros.get(parte.extremo or "")
        detalle = parte.detalle
        movimiento = MovimientoDeBanco(
            id=id,
            entrada_id=entrada_id,
            clave=parte.clave,
            extremo=parte.extremo,
            monto=parte.centavos,
            moneda=parte.moneda,
            sentido=parte.sentido,
            contraparte=detalle.contraparte if detalle else None,
            texto=(detalle.texto if detalle else None) or entrada.texto,
            causa=detalle.causa if detalle else None,
            retiro_id=retiro.id if retiro else None,
            lote_id=parte.lote if parte.lote in self._lotes else None,
            resultado=resultado,
            estado=_estado_de(resultado).value,
            compensa_id=compensa_id,
        )
        self._hechos.append(movimiento)
        return movimiento


def _estado_de(resultado: str) -> EstadoMovimiento:
    if resultado in CONCILIAN:
        return EstadoMovimiento.CONCILIADO
    if resultado == "no_contabilizado":
        return EstadoMovimiento.INFORMADO
    return EstadoMovimiento.PENDIENTE
