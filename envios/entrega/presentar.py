"""Proofs for those who may see them: the sender and the recipient, what counts; the operator, all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from envios.entrega.consultas import (
    archivos_de,
    con_codigo,
    eleccion_vigente,
    prueba_por_id,
    pruebas_de,
)
from envios.entrega.errores import EleccionNoEncontrada, PruebaNoEncontrada
from envios.entrega.esquemas import EleccionLeida, PruebaLeida
from envios.entrega.modelos import ArchivoDePrueba, PruebaDeEntrega
from envios.entrega.palabras import instrucciones_de
from envios.entrega.tipos import ClaseDeArchivo
from envios.eventos import Codigo, Suceso, en_su_zona, historia_de
from envios.items import EnvioNoEncontrado, Vista, envio_por_id, recibe, vista_de
from envios.items.modelos import Envio
from nucleo.actor import Actor


@dataclass(frozen=True, slots=True)
class Prueba:
    """A proof with its pictures and the delivery it is of; None while that is not known to the server."""

    fila: PruebaDeEntrega
    evento: Suceso | None
    archivos: Mapping[ClaseDeArchivo, ArchivoDePrueba]

    @property
    def ocurrida_en(self) -> datetime:
        """With the offset of whoever noted it."""
        return en_su_zona(self.evento) if self.evento is not None else self.fila.ocurrida_en

    @property
    def codigo_comprobado(self) -> bool:
        """Also of a proof that came before the server had judged the code."""
        if self.fila.evento_id is None:
            return self.evento is not None and con_codigo(self.evento)
        return self.fila.codigo_comprobado


def pruebas_visibles(sesion: Session, envio: Envio, vista: Vista) -> list[Prueba]:
    """The proofs of an item that somebody may see, oldest first; those that do not count, its operator."""
    assert vista is not Vista.PUBLICO
    cuentan = [e for e in historia_de(sesion, envio)[0] if e.codigo == Codigo.EMI]
    filas = pruebas_de(sesion, envio.id)
    archivos = archivos_de(sesion, [f.id for f in filas])
    todas = [Prueba(f, _suyo(f, cuentan), archivos[f.id]) for f in filas]
    return [p for p in todas if p.evento is not None or vista is Vista.OPERADOR]


def _suyo(fila: PruebaDeEntrega, entregas: list[Suceso]) -> Suceso | None:
    for evento in entregas:
        mismo = (evento.operador_unidad_id, evento.evento_cliente_id) == (
            fila.operador_unidad_id,
            fila.evento_cliente_id,
        )
        if evento.id == fila.evento_id or (fila.evento_cliente_id and mismo):
            return evento
    return None


def archivo_visible(sesion: Session, actor: Actor, prueba_id: UUID, clase: ClaseDeArchivo) -> ArchivoDePrueba:
    """A picture, for those who may see its proof. Raises `PruebaNoEncontrada`."""
    try:
        envio = envio_por_id(sesion, prueba_por_id(sesion, prueba_id).envio_id)
        vista = vista_de(sesion, actor, envio)
        if vista is Vista.PUBLICO:
            raise EnvioNoEncontrado()
    except EnvioNoEncontrado as error:
        raise PruebaNoEncontrada() from error
    visibles = {p.fila.id: p for p in pruebas_visibles(sesion, envio, vista)}
    if prueba_id not in visibles or clase not in visibles[prueba_id].archivos:
        raise PruebaNoEncontrada()
    return visibles[prueba_id].archivos[clase]


def leer_prueba(prueba: Prueba) -> PruebaLeida:
    fila = prueba.fila
    direcciones = {c: f"/api/v1/pruebas-de-entrega/{fila.id}/{c}" for c in prueba.archivos}
    propios = {
        campo: getattr(fila, campo)
        for campo in PruebaLeida.model_fields
        if campo not in {"foto", "firma", "ocurrida_en", "evento_id", "codigo_comprobado"}
    }
    return PruebaLeida(
        **propios,
        evento_id=prueba.evento.id if prueba.evento else fila.evento_id,
        codigo_comprobado=prueba.codigo_comprobado,
        ocurrida_en=prueba.ocurrida_en,
        foto=direcciones.get(ClaseDeArchivo.FOTO),
        firma=direcciones.get(ClaseDeArchivo.FIRMA),
    )


def leer_eleccion(sesion: Session, actor: Actor, envio: Envio) -> EleccionLeida:
    """The choice in force, for those concerned; the third person's code, for who receives alone.

    Raises `EleccionNoEncontrada`.
    """
    fila = eleccion_vigente(sesion, envio.id)
    if fila is None:
        raise EleccionNoEncontrada()
    propios = {
        campo: getattr(fila, campo)
        for campo in EleccionLeida.model_fields
        if campo not in {"instrucciones", "codigo_de_tercero"}
    }
    return EleccionLeida(
        **propios,
        instrucciones=instrucciones_de(sesion, [envio.id])[envio.id],
        codigo_de_tercero=codigo_de_tercero(sesion, actor, envio),
    )


def codigo_de_tercero(sesion: Session, actor: Actor, envio: Envio) -> str | None:
    """The code of whom the recipient named, for the recipient, while there is something to deliver."""
    if envio.estado.es_terminal or not recibe(sesion, actor, envio):
        return None
    return envio.codigo_tercero
