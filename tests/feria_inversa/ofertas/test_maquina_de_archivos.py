"""Files of bids, whatever the sequence: what is kept is what the model says, only what was opened is read."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.llaves import cifrar
from feria_inversa.ofertas.archivos import Adjuntos, info_de_archivo, subir_archivo
from feria_inversa.ofertas.archivos_abiertos import archivo_leido
from feria_inversa.ofertas.errores import ArchivoNoEncontrado, OfertaTardia, OfertaYaPresentada
from feria_inversa.ofertas.esquemas import ArchivoDicho
from feria_inversa.ofertas.modelos import ArchivoAbierto, ArchivoDeOferta
from feria_inversa.ofertas.ofertas import presentar_oferta, retirar_oferta
from feria_inversa.ofertas.tareas import tirar_archivos
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.ayudas.papeles import un_pdf
from tests.feria_inversa.conftest import Feria, item, linea

pytestmark = pytest.mark.usefixtures("aplicacion")  # which has who reads the files hear of the opening
CLAVE = bytes(range(32))
BUENO, MALO = un_pdf("Ficha"), b"%PDF-1.7 roto"
QUIEN, NUMERO = st.sampled_from(["ana", "beto"]), st.sampled_from([1, 2])
DICE = {
    True: (True, None),
    False: (False, "Es un PDF que no se pudo abrir: guárdelo otra vez, sin contraseña."),
}
DIAS = 10


class Archivos(RuleBasedStateMachine):
    """`subidos`: of the bid that each is about to present; `presentadas`: of all that were, to this day."""

    feria: Feria
    reloj: Any
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.otro_proceso()

    @precondition(lambda self: self.abierta)
    @rule()
    def otro_proceso(self) -> None:
        """The next one, once nothing waits of the one before; Ana's files are there already."""
        self.reloj.adelantar(timedelta(days=1, seconds=1))
        tirar_archivos()
        self.id = self.feria.borrador([item("Silla", "10", "100.00")]).id
        pedidos = [PedidoEntrada(nombre=n, subsanable=True) for n in ("Ficha técnica", "Registro")]
        with transaccion() as sesion:
            pedir_documentos(sesion, self.feria.entidad.actor, self.id, pedidos)
            vence_en = ahora() + timedelta(days=DIAS)
            publicar_convocatoria(sesion, self.feria.entidad.actor, self.id, vence_en)
        self.abierta, self.cerrada, self.dias = False, False, 0
        self.siguiente = {quien: nuevo_id() for quien in ("ana", "beto")}
        self.subidos: dict[str, dict[int, bytes]] = {"ana": {}, "beto": {}}
        self.presentadas: dict[UUID, dict[int, bytes]] = {}
        self.vigentes: dict[str, UUID] = {}
        self.subir(quien="ana", numero=1, contenido=BUENO)
        self.subir(quien="ana", numero=2, contenido=MALO)
        self.presentar(quien="ana", nombra={1, 2}, miente=False)
        self.cambiar_lo_presentado(quien="ana", numero=1)

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[Any], Any]) -> bool:
        """Exactly the refusal that the model foresees; the next invariant sees that it changed nothing."""
        negado: type[Exception] | None = None
        try:
            with transaccion() as sesion:
                hacer(sesion)
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado
        self.vistos[negado.__name__ if negado else "hecho"] += 1
        return negado is None

    def recibe(self) -> bool:
        """What comes late is tried some times, for the others do something."""
        return not self.abierta and not (self.cerrada and self.vistos["OfertaTardia"] > 9)

    @precondition(lambda self: self.recibe())
    @rule(quien=QUIEN, numero=st.sampled_from([1, 1, 2, 2, 3]), contenido=st.sampled_from([BUENO, MALO]))
    def subir(self, quien: str, numero: int, contenido: bytes) -> None:
        esperado = OfertaTardia if self.cerrada else DatosInvalidos if numero == 3 else None
        if self.intentar(esperado, self._subir(quien, self.siguiente[quien], numero, contenido)):
            self.subidos[quien][numero] = contenido

    def _subir(self, quien: str, oferta_id: UUID, numero: int, contenido: bytes) -> Callable[[Any], Any]:
        parte = getattr(self.feria, quien)
        cifrado = Recibido.de_bytes(_cifrado(oferta_id, numero, contenido))
        return lambda s: subir_archivo(s, parte.actor, self.id, parte.id, oferta_id, numero, cifrado)

    @precondition(lambda self: bool(self.vigentes) and not self.cerrada)
    @rule(quien=QUIEN, numero=NUMERO)
    def cambiar_lo_presentado(self, quien: str, numero: int) -> None:
        if quien in self.vigentes:
            self.intentar(OfertaYaPresentada, self._subir(quien, self.vigentes[quien], numero, MALO))

    @precondition(lambda self: self.recibe())
    @rule(quien=QUIEN, nombra=st.sets(NUMERO), miente=st.sampled_from([False, False, True]))
    def presentar(self, quien: str, nombra: set[int], *, miente: bool) -> None:
        """In place of the one before; what it does not name goes away."""
        parte, oferta_id = getattr(self.feria, quien), self.siguiente[quien]
        suyos = self.subidos[quien]
        dichos = [
            ArchivoDicho(
                numero=n,
                huella=hashlib.sha256(suyos.get(n, b"")).hexdigest(),
                cifrado="a" * 64 if miente or n not in suyos else _sha256_cifrado(oferta_id, n, suyos[n]),
            )
            for n in sorted(nombra)
        ]
        faltan = bool(nombra) and (miente or not nombra <= suyos.keys())
        esperado = OfertaTardia if self.cerrada else DatosInvalidos if faltan else None
        lineas = [linea(self.feria.items(self.id)[0].id, "90.00")]

        def hacer(sesion: Any) -> None:
            presentar_oferta(
                sesion,
                parte.actor,
                self.id,
                parte.id,
                lineas,
                id_=oferta_id,
                reemplazar=quien in self.vigentes,
                adjuntos=Adjuntos(CLAVE.hex(), dichos) if dichos else None,
            )

        if self.intentar(esperado, hacer):
            self.presentadas[oferta_id] = {n: suyos[n] for n in nombra}
            self.vistos["con archivos"] += bool(nombra)
            self.vigentes[quien] = oferta_id
            self.siguiente[quien], self.subidos[quien] = nuevo_id(), {}

    @precondition(lambda self: bool(self.vigentes) and not self.abierta)
    @rule(quien=QUIEN)
    def retirar(self, quien: str) -> None:
        if quien not in self.vigentes:
            return
        actor, oferta_id = getattr(self.feria, quien).actor, self.vigentes[quien]
        esperado = OfertaTardia if self.cerrada else None
        if self.intentar(esperado, lambda s: retirar_oferta(s, actor, oferta_id)):
            del self.vigentes[quien]
            self.vistos["retirada"] += 1

    @precondition(lambda self: self.dias < DIAS - 2)
    @rule()
    def pasa_un_dia(self) -> None:
        """What no bid came for is thrown away."""
        self.reloj.adelantar(timedelta(days=1, seconds=1))
        self.dias += 1
        assert tirar_archivos() == sum(map(len, self.subidos.values()))
        self.vistos["tirados"] += any(self.subidos.values())
        self.subidos = {"ana": {}, "beto": {}}

    @precondition(lambda self: not self.cerrada and bool(self.presentadas))
    @rule()
    def cerrar(self) -> None:
        self.reloj.adelantar(timedelta(days=DIAS - self.dias))
        self.cerrada, self.dias = True, DIAS

    @precondition(lambda self: self.cerrada and not self.abierta)
    @rule()
    def abrir(self) -> None:
        with transaccion() as sesion:
            abrir_convocatoria(sesion, self.feria.entidad.actor, self.id)
        entregar_pendientes()
        self.abierta = True
        self.vistos["abierta"] += 1

    @invariant()
    def se_guarda_lo_del_modelo(self) -> None:
        pendientes = {(self.siguiente[q], n) for q, suyos in self.subidos.items() for n in suyos}
        with transaccion() as sesion:
            suyos = col(ArchivoDeOferta.convocatoria_id) == self.id
            filas = {(f.oferta_id, f.numero) for f in sesion.exec(select(ArchivoDeOferta).where(suyos))}
            assert filas == pendientes | {(id_, n) for id_, ns in self.presentadas.items() for n in ns}
            leidos = {
                (a.oferta_id, a.numero): (a.leido_id is not None, a.falla)
                for a in sesion.exec(
                    select(ArchivoAbierto).where(col(ArchivoAbierto.oferta_id).in_(self.presentadas))
                )
            }
        vigentes = {(id_, n): c for id_ in self.vigentes.values() for n, c in self.presentadas[id_].items()}
        esperan = {cual: DICE[contenido == BUENO] for cual, contenido in vigentes.items()}
        assert leidos == (esperan if self.abierta else {})

    @invariant()
    def se_lee_lo_abierto(self) -> None:
        actor = self.feria.entidad.actor
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            for oferta_id, archivos in self.presentadas.items():
                for numero, contenido in archivos.items():
                    try:
                        hallado = archivo_leido(sesion, actor, proceso, oferta_id, numero) is not None
                    except ArchivoNoEncontrado:
                        hallado = False
                    abierto = self.abierta and oferta_id in self.vigentes.values()
                    assert hallado == (abierto and contenido == BUENO)


def _cifrado(oferta_id: UUID, numero: int, contenido: bytes) -> bytes:
    """The same bytes each time it is asked, as who sends them keeps them."""
    return _CIFRADOS.setdefault(
        (oferta_id, numero, contenido), cifrar(CLAVE, info_de_archivo(oferta_id, numero), contenido)
    )


_CIFRADOS: dict[tuple[UUID, int, bytes], bytes] = {}


def _sha256_cifrado(oferta_id: UUID, numero: int, contenido: bytes) -> str:
    return hashlib.sha256(_cifrado(oferta_id, numero, contenido)).hexdigest()


def test_maquina_de_los_archivos(feria: Feria, reloj: Any) -> None:
    class Esta(Archivos):
        pass

    Esta.feria, Esta.reloj, Esta.vistos = feria, reloj, Counter()
    ajustes = settings(
        max_examples=5,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    _CIFRADOS.clear()
    seguidas = {"hecho", "con archivos", "retirada", "tirados", "abierta"}
    seguidas |= {"DatosInvalidos", "OfertaTardia", "OfertaYaPresentada"}
    assert seguidas <= Esta.vistos.keys(), Esta.vistos
