"""ID tokens and `/me` answers, right or wrong as the chosen `Falla` asks."""

import base64
import hashlib
import hmac
import json
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from demostracion.identidad.estado import Concesion, Falla
from nucleo.reloj import ahora

VIDA_ID_TOKEN_S = 300
NACIMIENTO = "15/05/1990"


def _b64(crudo: bytes) -> str:
    return base64.urlsafe_b64encode(crudo).decode().rstrip("=")


def huella_de_acceso(acceso: str) -> str:
    """`at_hash` of OIDC Core §3.1.3.6 for a 256-bit algorithm."""
    return _b64(hashlib.sha256(acceso.encode()).digest()[:16])


def _reclamos(emisor: str, concesion: Concesion, acceso: str) -> dict[str, Any]:
    instante = int(ahora().timestamp())
    reclamos: dict[str, Any] = {
        "iss": emisor,
        "sub": concesion.ingreso.persona.sub,
        "aud": concesion.cliente_id,
        "iat": instante,
        "exp": instante + VIDA_ID_TOKEN_S,
        "auth_time": int(concesion.ingreso.autenticado_en.timestamp()),
        "at_hash": huella_de_acceso(acceso),
    }
    if concesion.nonce is not None:
        reclamos["nonce"] = concesion.nonce
    match concesion.ingreso.falla:
        case Falla.NONCE:
            reclamos["nonce"] = "otro-nonce"
        case Falla.AUDIENCIA:
            reclamos["aud"] = "otro-cliente"
        case Falla.EMISOR:
            reclamos["iss"] = "https://otro-emisor.test"
        case Falla.VENCIDO:
            reclamos["iat"] -= 7200
            reclamos["exp"] = reclamos["iat"] + VIDA_ID_TOKEN_S
        case Falla.HUELLA_ACCESO:
            reclamos["at_hash"] = huella_de_acceso("otro")
        case Falla.SIN_AUTH_TIME:
            del reclamos["auth_time"]
    return reclamos


def id_token(emisor: str, clave: RSAKey, concesion: Concesion, acceso: str) -> str:
    """The ID token, signed with PS256 unless a `Falla` says otherwise."""
    reclamos = _reclamos(emisor, concesion, acceso)
    kid = clave.thumbprint()
    match concesion.ingreso.falla:
        case Falla.FIRMA:
            ajena = RSAKey.generate_key(2048)
            return jwt.encode({"alg": "PS256", "kid": kid}, reclamos, ajena, algorithms=["PS256"])
        case Falla.RS256:
            return jwt.encode({"alg": "RS256", "kid": kid}, reclamos, clave, algorithms=["RS256"])
        case Falla.SIN_FIRMA:
            return _a_mano({"alg": "none"}, reclamos, None)
        case Falla.HS256:
            # The classic confusion: the public key, which anybody has, used as a shared secret.
            return _a_mano({"alg": "HS256", "kid": kid}, reclamos, clave.as_pem(private=False))
    return jwt.encode({"alg": "PS256", "kid": kid}, reclamos, clave, algorithms=["PS256"])


def _a_mano(cabecera: dict[str, str], reclamos: dict[str, Any], secreto: bytes | None) -> str:
    """A compact JWS that no decent library would make."""
    cuerpo = f"{_b64(json.dumps(cabecera).encode())}.{_b64(json.dumps(reclamos).encode())}"
    firma = hmac.digest(secreto, cuerpo.encode(), "sha256") if secreto is not None else b""
    return f"{cuerpo}.{_b64(firma)}"


def yo(concesion: Concesion) -> dict[str, Any]:
    """The answer of `/me`, in the shape the chosen `Falla` asks, limited to the granted scopes."""
    persona, falla, alcances = concesion.ingreso.persona, concesion.ingreso.falla, concesion.alcances
    datos: dict[str, Any] = {"sub": persona.sub if falla is not Falla.OTRO_SUB else "otro-sub"}
    if "profile" in alcances:
        perfil = {"documento_identidad": _documento(concesion), "nombre": _nombre(concesion)}
        datos |= perfil if falla is Falla.FORMA_PLANA else {"profile": perfil}
    if "fecha_nacimiento" in alcances:
        datos["fecha_nacimiento"] = NACIMIENTO
    if "email" in alcances:
        datos["email"] = persona.correo
    if "celular" in alcances:
        datos["celular"] = persona.celular
    return datos


def _nombre(concesion: Concesion) -> dict[str, str]:
    persona = concesion.ingreso.persona
    sin_apellidos = concesion.ingreso.falla is Falla.SIN_APELLIDOS
    return {
        "nombres": persona.nombres,
        "primer_apellido": "" if sin_apellidos else persona.apellido,
        "segundo_apellido": "" if sin_apellidos else persona.etiqueta,
    }


def _documento(concesion: Concesion) -> dict[str, str]:
    persona, falla = concesion.ingreso.persona, concesion.ingreso.falla
    complemento = persona.complemento
    documento = {"tipo_documento": "CI", "numero_documento": persona.ci}
    if complemento is None:
        return documento
    if falla is Falla.COMPLEMENTO_PEGADO:
        documento["numero_documento"] += complemento
    elif falla is Falla.COMPLEMENTO_PROPIO:
        documento["complemento"] = complemento
    else:
        documento["numero_documento"] += f"-{complemento}"
    return documento
