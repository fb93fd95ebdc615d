# maildoctor as an image of one file beside the root certificates:
#   docker build -t maildoctor .
#   docker run --rm maildoctor probe smtp.example.org:587
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /maildoctor ./cmd/maildoctor

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /maildoctor /maildoctor
USER 65532:65532
ENTRYPOINT ["/maildoctor"]
