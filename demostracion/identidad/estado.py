"""What the provider remembers: in memory, of one process. A restart forgets it, which a demonstration may."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from demostracion.personas import PersonaDemo
from nucleo.reloj import ahora

VIDA_CODIGO = timedelta(seconds=60)
VIDA_ACCESO = timedelta(minutes=15)
VIDA_RENOVACION = timedelta(hours=12)
VIDA_SESION = timedelta(hours=8)


class Falla(StrEnum):
    """How the provider misbehaves on demand, so that the platform's refusals can be seen and tested."""

    NINGUNA = "ninguna"
    NEGADO = "negado"
    LENTO = "lento"
    CAIDO = "caido"
    NONCE = "nonce"
    FIRMA = "firma"
    RS256 = "rs256"
    HS256 = "hs256"
    SIN_FIRMA = "none"
    AUDIENCIA = "audiencia"
    EMISOR = "emisor"
    VENCIDO = "vencido"
    HUELLA_ACCESO = "at_hash"
    SIN_AUTH_TIME = "sin_auth_time"
    OTRO_SUB = "otro_sub"
    SIN_APELLIDOS = "sin_apellidos"
    FORMA_PLANA = "plana"
    COMPLEMENTO_GUION = "guion"
    COMPLEMENTO_PEGADO = "pegado"
    COMPLEMENTO_PROPIO = "propio"


@dataclass(frozen=True, slots=True)
class Ingreso:
    """A persona picked in a browser, until `/session/end`."""

    persona: PersonaDemo
    falla: Falla
    autenticado_en: datetime


@dataclass(frozen=True, slots=True)
class Concesion:
    """What a code or a token stands for."""

    ingreso: Ingreso
    cliente_id: str
    alcances: frozenset[str]
    vence_en: datetime
    origen: str
    retorno: str = ""
    reto: str = ""
    nonce: str | None = None


@dataclass(slots=True)
class Memoria:
    sesiones: dict[str, tuple[Ingreso, datetime]] = field(default_factory=dict)
    codigos: dict[str, Concesion] = field(default_factory=dict)
    accesos: dict[str, Concesion] = field(default_factory=dict)
    renovaciones: dict[str, Concesion] = field(default_factory=dict)
    canjeados: dict[str, datetime] = field(default_factory=dict)

    def podar(self) -> None:
        """Forget what expired: the memory stays bounded by the traffic of the last hours."""
        instante = ahora()
        for almacen in (self.codigos, self.accesos, self.renovaciones):
            for clave in [c for c, v in almacen.items() if v.vence_en <= instante]:
                del almacen[clave]
        for clave in [c for c, (_, vence_en) in self.sesiones.items() if vence_en <= instante]:
            del self.sesiones[clave]
        for clave in [c for c, vence_en in self.canjeados.items() if vence_en <= instante]:
            del self.canjeados[clave]

    def recordar(self, ingreso: Ingreso) -> str:
        self.podar()
        clave = secrets.token_urlsafe(24)
        self.sesiones[clave] = (ingreso, ahora() + VIDA_SESION)
        return clave

    def recordado(self, clave: str | None) -> Ingreso | None:
        ingreso, vence_en = self.sesiones.get(clave or "", (None, ahora()))
        return ingreso if vence_en > ahora() else None

    def guardar_codigo(self, concesion: Concesion) -> str:
        codigo = secrets.token_urlsafe(32)
        self.codigos[codigo] = concesion
        return codigo

    def canjear(self, codigo: str) -> Concesion | None:
        """Use a code, once; using it again also revokes what it gave (RFC 6749 §4.1.2)."""
        if codigo in self.canjeados:
            self.revocar_origen(codigo)
            return None
        concesion = self.codigos.pop(codigo, None)
        if concesion is None or concesion.vence_en <= ahora():
            return None
        self.canjeados[codigo] = ahora() + VIDA_RENOVACION
        return concesion

    def emitir(self, concesion: Concesion, *, renovacion: bool = False) -> str:
        token = secrets.token_urlsafe(32)
        (self.renovaciones if renovacion else self.accesos)[token] = concesion
        return token

    def revocar_origen(self, origen: str) -> None:
        for almacen in (self.accesos, self.renovaciones):
            for clave in [c for c, v in almacen.items() if v.origen == origen]:
                del almacen[clave]

    def vigente(self, token: str) -> Concesion | None:
        concesion = self.accesos.get(token) or self.renovaciones.get(token)
        return concesion if concesion and concesion.vence_en > ahora() else None
